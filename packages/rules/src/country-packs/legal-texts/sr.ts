import type { LegalFacts, LegalTextsOf } from './types'

const demoNotice = '> **Demo podaci.** Naziv, adresa i poreski broj društva su izmišljeni i služe samo za prikaz.'

function terms(f: LegalFacts): string {
  return `${demoNotice}

## 1. Ko smo mi
${f.legalName}, ${f.address}, nudi godišnje članstvo za pomoć u ostvarivanju naknade štete. Mi nismo advokatska kancelarija i nismo osiguravajuće društvo. Ne zastupamo Vas pred sudom; kada je to potrebno, povezujemo Vas sa advokatom i za to tražimo Vašu posebnu saglasnost.

## 2. Šta dobijate
Članstvo Vam daje pomoć u slučajevima koje obuhvata Vaš plan: saobraćajna nezgoda, šteta na imovini i telesna povreda. Za putovanja i sporove sa trgovcima dajemo savet. Krivične, porodične i imigracione predmete ne prihvatamo. Broj slučajeva u članskoj godini i obuhvaćena lica navedeni su kod svakog plana.

## 3. Učlanjenje i cena
Učlanjujete se preko portala, kod našeg agenta ili u filijali. Cena je prikazana sa PDV-om pre nego što platite. Članstvo počinje kada primimo uplatu, a kraj perioda je upisan na Vašoj kartici. Kada plaćate karticom, prodavac može biti pružalac platnih usluga, koji Vam tada izdaje račun; za gotovinu i uplatu na račun fakturu izdajemo mi.

## 4. Trajanje, obnova i otkaz
Period traje godinu dana. Ako obnovite pre isteka, novi period se nastavlja od starog kraja. Ako obnovite kasnije, novi period počinje na dan obnove, a dani između nisu pokriveni. Posle neuspele obnove ostavljamo Vam ${f.graceDays} dana. Možete otkazati u svako doba; članstvo tada važi do kraja plaćenog perioda, a već prihvaćene slučajeve vodimo do kraja.

## 5. Povraćaj članarine
U roku od ${f.refundDays} dana od uplate vraćamo članarinu u celosti, osim ako smo već prihvatili neki Vaš slučaj.

## 6. Vaš slučaj
Slučaj prijavljujete preko portala, sa tačnim podacima i dokumentima koje tražimo za tu kategoriju. Rok za prvu odluku teče od trenutka kada su dokumenti potpuni. Slučaj možemo odbiti samo iz razloga objavljenih na portalu, i razlog Vam kažemo. Prema drugoj strani ne preduzimamo ništa pre nego što potpišete ugovor za taj slučaj.

## 7. Naknada za uspeh
Naknadu za uspeh plaćate samo ako naplatimo novac za Vas. Ona je procenat naplaćenog iznosa, uz najmanji iznos naveden u Vašem planu; ako ne naplatimo ništa, ne plaćate ništa. Zadržavamo je od isplate, a ako to nije moguće, naplaćujemo je sa sačuvane kartice ili fakturom.

## 8. Odgovornost
Ne garantujemo ishod slučaja. Odgovaramo za štetu koju smo prouzrokovali namerno ili krajnjom nepažnjom. Rokovi za Vaša potraživanja teku po zakonu; molimo Vas da prijavite na vreme.

## 9. Prigovori i pravo
Prigovor pošaljite na ${f.email} ili pozovite ${f.phone}; odgovaramo pismeno. Važi pravo države u kojoj ste član, a za sporove su nadležni sudovi ${f.courts}. Vaša prava kao potrošača ostaju potpuna.`
}

function privacy(f: LegalFacts): string {
  return `${demoNotice}

## Ko odgovara za podatke
Kontrolor je ${f.legalName}, ${f.address}, ${f.email}, ${f.phone}. Radimo prema: ${f.dataLaw}.

## Koje podatke obrađujemo
- za članstvo: ime, kontakt, lični broj, plan, plaćanja i fakture;
- za slučaj: opis događaja, drugu stranu, dokumente koje priložite, a kod povrede i podatke o zdravlju, samo uz Vašu izričitu saglasnost;
- za bezbednost: prijave, uređaje i zapis ko je, kada i šta video ili promenio.

## Zašto i po kom osnovu
Članstvo i slučajeve vodimo da bismo ispunili ugovor sa Vama. Fakture čuvamo jer to zahteva zakon. Bezbednosne zapise vodimo iz opravdanog interesa. Obaveštenja o ponudama dobijate samo ako se saglasite, a saglasnost povlačite kad želite.

## Ko ih vidi
Samo ovlašćena lica Vaše filijale i sedišta, koliko im je potrebno za rad. Agenti vide fazu slučaja, ali ne i njegov sadržaj. Drugoj strani, osiguravaču, veštaku ili advokatu dajemo samo ono što je potrebno za Vaš slučaj. Plaćanja karticom i čuvanje datoteka obavljaju obrađivači sa ugovorom. Podatke ne prodajemo.

## Koliko dugo
Poreska dokumenta čuvamo ${f.taxDocumentYears} godina. Ostale podatke brišemo ili činimo anonimnim kada istekne rok objavljen na portalu.

## Vaša prava
Možete tražiti uvid, ispravku, brisanje, ograničenje, prenos ili prigovoriti obradi; pišite na ${f.email}. Ako dođe do povrede bezbednosti, nadležni organ obaveštavamo u roku od ${f.breachHours} sata, a Vas bez odlaganja kada je rizik visok. Žalbu možete podneti i organu: ${f.authority}.`
}

/** Legal texts in Serbian, Latin script. */
export function legalTextsSr(f: LegalFacts): LegalTextsOf {
  return {
    terms: { title: 'Opšti uslovi članstva', body: terms(f) },
    privacy: { title: 'Politika privatnosti', body: privacy(f) },
    consentTerms: { title: 'Uslovi', body: 'Prihvatam opšte uslove članstva. Razumem da ovo nije osiguranje ni advokatska usluga.' },
    consentPrivacy: { title: 'Privatnost', body: 'Prihvatam da se moji podaci obrađuju za članstvo i moje slučajeve, kako piše u politici privatnosti.' },
    consentMarketing: { title: 'Ponude', body: 'Želim da dobijam vesti i ponude e-poštom. Saglasnost mogu povući u svako doba.' },
    invoiceFooter: {
      title: 'Podnožje fakture',
      body: 'Cene uključuju PDV. Faktura je izrađena elektronski i važi bez pečata i potpisa. Demo podaci: izdavalac je izmišljen i ovo nije poreski dokument.',
    },
    vatExempt: { title: 'Oslobođenje od PDV-a', body: 'Oslobođeno PDV-a prema propisima koji važe na dan izdavanja.' },
  }
}
