import type { PlanTexts } from './types'

export const planTextsSr: PlanTexts = {
  freeStart: {
    title: 'Besplatan početak',
    summary: 'Zahtev vodite sami, uz naša uputstva i obrasce.',
    covers: 'Jedno lice, bez našeg zastupanja',
    benefits: [
      'Spisak dokumenata koji su Vam potrebni posle nezgode',
      'Obrazac zahteva za naknadu štete, spreman za slanje',
      'Pregled rokova, da nijedan ne propustite',
      'Na plaćeno članstvo prelazite kad god želite',
    ],
  },
  asistenca: {
    title: 'Asistencija',
    summary: 'Vaš zahtev za naknadu vodimo mi, od prijave do isplate.',
    covers: 'Jedno punoletno lice',
    benefits: [
      'Osoba za kontakt koja vodi Vaš slučaj od početka do kraja',
      'Pregled dokumenata i procena zahteva u dogovorenom roku',
      'Pregovori u Vaše ime sa osiguravačem, štetnikom ili trgovcem',
      'Naknadu za uspeh plaćate samo ako Vam zaista naplatimo novac',
      'Digitalna članska kartica sa QR kodom',
    ],
  },
  family: {
    title: 'Porodična asistencija',
    summary: 'Jedno članstvo za celu porodicu, uz nižu naknadu za uspeh.',
    covers: 'Do pet lica iz iste porodice',
    benefits: [
      'Sve što daje Asistencija, za svakog člana porodice',
      'Više slučajeva u jednoj članskoj godini',
      'Niži procenat naknade za uspeh',
      'Članove porodice menjate sami, na portalu',
    ],
  },
  business: {
    title: 'Asistencija za firme',
    summary: 'Za vozila i nekretnine Vaše firme, uz prodaju preko našeg savetnika.',
    covers: 'Do deset vozila ili nekretnina',
    benefits: [
      'Jedan ugovor za sva prijavljena vozila i nekretnine',
      'Stalni savetnik za Vašu firmu',
      'Svi slučajevi i dokumenti na jednom mestu',
      'Faktura na ime firme',
    ],
  },
  group: {
    title: 'Grupno članstvo',
    summary: 'Za zaposlene ili članove udruženja, po ponudi.',
    covers: 'Grupe, prema dostavljenom spisku',
    benefits: [
      'Upis cele grupe sa jednog spiska',
      'Zbirni pregled bez ličnih podataka pojedinaca',
      'Uslovi i cena prema veličini grupe',
    ],
  },
}
