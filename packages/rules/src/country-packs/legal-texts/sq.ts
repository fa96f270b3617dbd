import type { LegalFacts, LegalTextsOf } from './types'

const demoNotice = '> **Të dhëna demonstruese.** Emri, adresa dhe numri fiskal i shoqërisë janë të trilluara dhe shërbejnë vetëm për paraqitje.'

function terms(f: LegalFacts): string {
  return `${demoNotice}

## 1. Kush jemi ne
${f.legalName}, ${f.address}, ofron anëtarësim vjetor për ndihmë në realizimin e dëmshpërblimit. Ne nuk jemi zyrë avokatie dhe nuk jemi shoqëri sigurimi. Nuk Ju përfaqësojmë në gjykatë; kur kjo duhet, Ju lidhim me një avokat dhe për këtë kërkojmë pëlqimin tuaj të veçantë.

## 2. Çfarë fitoni
Anëtarësimi Ju jep ndihmë në rastet që i përfshin plani juaj: aksident në trafik, dëm në pronë dhe lëndim trupor. Për udhëtime dhe mosmarrëveshje me tregtarë japim këshilla. Çështje penale, familjare dhe të imigrimit nuk pranojmë. Numri i rasteve në vitin e anëtarësimit dhe personat e përfshirë janë shënuar te secili plan.

## 3. Anëtarësimi dhe çmimi
Anëtarësoheni në portal, te agjenti ynë ose në degë. Çmimi tregohet me TVSH para se të paguani. Anëtarësimi fillon pasi ta pranojmë pagesën, ndërsa fundi i periudhës shënohet në kartelën tuaj. Kur paguani me kartelë bankare, shitës mund të jetë ofruesi i pagesave, i cili atëherë Ju lëshon faturën; për para në dorë dhe për pagesë në llogari faturën e lëshojmë ne.

## 4. Kohëzgjatja, ripërtëritja dhe anulimi
Periudha zgjat një vit. Nëse e ripërtërini para skadimit, periudha e re vazhdon nga fundi i së vjetrës. Nëse e ripërtërini më vonë, periudha e re fillon ditën e ripërtëritjes, ndërsa ditët ndërmjet nuk janë të mbuluara. Pas një ripërtëritjeje të pasuksesshme Ju lëmë ${f.graceDays} ditë. Mund të anuloni në çdo kohë; anëtarësimi atëherë vlen deri në fund të periudhës së paguar, ndërsa rastet e pranuara i çojmë deri në fund.

## 5. Kthimi i anëtarësisë
Brenda ${f.refundDays} ditësh nga pagesa e kthejmë anëtarësinë të plotë, përveç nëse e kemi pranuar tashmë një rast tuajin.

## 6. Rasti juaj
Rastin e paraqitni në portal, me të dhëna të sakta dhe me dokumentet që kërkojmë për atë kategori. Afati për vendimin e parë rrjedh nga çasti kur dokumentet janë të plota. Rastin mund ta refuzojmë vetëm për arsyet e shpallura në portal, dhe arsyen Jua tregojmë. Ndaj palës tjetër nuk ndërmarrim asgjë para se të nënshkruani marrëveshjen për atë rast.

## 7. Tarifa e suksesit
Tarifën e suksesit e paguani vetëm nëse arkëtojmë para për Ju. Ajo është përqindje e shumës së arkëtuar, me një shumë më të vogël të shënuar në planin tuaj; nëse nuk arkëtojmë asgjë, nuk paguani asgjë. E mbajmë nga pagesa juaj, e nëse kjo nuk mundet, e arkëtojmë nga kartela e ruajtur ose me faturë.

## 8. Përgjegjësia
Nuk garantojmë përfundimin e rastit. Përgjigjemi për dëmin që e kemi shkaktuar me dashje ose nga pakujdesia e rëndë. Afatet për kërkesat tuaja rrjedhin sipas ligjit; Ju lutemi paraqitni me kohë.

## 9. Ankesat dhe e drejta
Ankesën dërgojeni në ${f.email} ose telefononi në ${f.phone}; përgjigjemi me shkrim. Vlen e drejta e shtetit ku jeni anëtar, ndërsa për mosmarrëveshjet janë kompetente gjykatat ${f.courts}. Të drejtat tuaja si konsumator mbeten të plota.`
}

function privacy(f: LegalFacts): string {
  return `${demoNotice}

## Kush përgjigjet për të dhënat
Kontrollues është ${f.legalName}, ${f.address}, ${f.email}, ${f.phone}. Punojmë sipas: ${f.dataLaw}.

## Cilat të dhëna i përpunojmë
- për anëtarësimin: emrin, kontaktin, numrin personal, planin, pagesat dhe faturat;
- për rastin: përshkrimin e ngjarjes, palën tjetër, dokumentet që i ngarkoni, e në rast lëndimi edhe të dhëna shëndetësore, vetëm me pëlqimin tuaj të shprehur;
- për sigurinë: hyrjet, pajisjet dhe shënimin se kush, kur dhe çfarë ka parë ose ndryshuar.

## Pse dhe mbi cilën bazë
Anëtarësimin dhe rastet i mbajmë për ta përmbushur marrëveshjen me Ju. Faturat i ruajmë sepse e kërkon ligji. Shënimet e sigurisë i mbajmë për interes legjitim. Njoftime për oferta merrni vetëm nëse pajtoheni, dhe pëlqimin e tërhiqni kur të doni.

## Kush i sheh
Vetëm persona të autorizuar të degës suaj dhe të selisë, aq sa u duhet për punë. Agjentët e shohin fazën e rastit, por jo përmbajtjen e tij. Palës tjetër, siguruesit, ekspertit ose avokatit u japim vetëm atë që duhet për rastin tuaj. Pagesat me kartelë dhe ruajtjen e skedarëve i kryejnë përpunues me kontratë. Të dhënat nuk i shesim.

## Sa kohë
Dokumentet tatimore i ruajmë ${f.taxDocumentYears} vjet. Të dhënat e tjera i fshijmë ose i bëjmë anonime kur kalon afati i shpallur në portal.

## Të drejtat tuaja
Mund të kërkoni qasje, korrigjim, fshirje, kufizim, bartje ose ta kundërshtoni përpunimin; shkruani në ${f.email}. Nëse ndodh shkelje e sigurisë, autoritetin e njoftojmë brenda ${f.breachHours} orësh, ndërsa Ju pa vonesë kur rreziku është i lartë. Ankesë mund të paraqitni edhe te: ${f.authority}.`
}

/** Legal texts in Albanian. */
export function legalTextsSq(f: LegalFacts): LegalTextsOf {
  return {
    terms: { title: 'Kushtet e anëtarësimit', body: terms(f) },
    privacy: { title: 'Politika e privatësisë', body: privacy(f) },
    consentTerms: { title: 'Kushtet', body: 'I lexova dhe i pranoj kushtet e anëtarësimit. E kuptoj se ky nuk është sigurim dhe as shërbim avokatie.' },
    consentPrivacy: { title: 'Privatësia', body: 'E lexova politikën e privatësisë dhe pajtohem që të dhënat e mia të përpunohen për anëtarësimin dhe rastet e mia.' },
    consentMarketing: { title: 'Ofertat', body: 'Dua të marr lajme dhe oferta me e-mail. Pëlqimin mund ta tërheq në çdo kohë.' },
    invoiceFooter: {
      title: 'Fundi i faturës',
      body: 'Çmimet përfshijnë TVSH-në. Fatura është përgatitur elektronikisht dhe vlen pa vulë e nënshkrim. Të dhëna demonstruese: lëshuesi është i trilluar dhe ky nuk është dokument tatimor.',
    },
    vatExempt: { title: 'Lirimi nga TVSH-ja', body: 'I liruar nga TVSH-ja sipas dispozitave që vlejnë në ditën e lëshimit.' },
  }
}
