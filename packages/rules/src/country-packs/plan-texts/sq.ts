import type { PlanTexts } from './types'

export const planTextsSq: PlanTexts = {
  freeStart: {
    title: 'Fillimi falas',
    summary: 'Kërkesën e ndiqni vetë, me udhëzimet dhe modelet tona.',
    covers: 'Një person, pa përfaqësim nga ne',
    benefits: [
      'Lista e dokumenteve që Ju duhen pas një aksidenti',
      'Modeli i kërkesës për dëmshpërblim, gati për ta dërguar',
      'Pasqyra e afateve, që të mos Ju kalojë asnjë',
      'Kaloni në anëtarësim me pagesë kur të doni',
    ],
  },
  asistenca: {
    title: 'Asistenca',
    summary: 'Kërkesën tuaj për dëmshpërblim e ndjekim ne, nga paraqitja deri te pagesa.',
    covers: 'Një person i rritur',
    benefits: [
      'Një person kontakti që e ndjek rastin tuaj nga fillimi deri në fund',
      'Shqyrtimi i dokumenteve dhe vlerësimi i kërkesës brenda afatit të caktuar',
      'Negociata në emrin tuaj me siguruesin, dëmshkaktuesin ose tregtarin',
      'Tarifën e suksesit e paguani vetëm nëse Ju arkëtojmë vërtet para',
      'Kartelë digjitale e anëtarësimit me kod QR',
    ],
  },
  family: {
    title: 'Asistenca familjare',
    summary: 'Një anëtarësim për gjithë familjen, me tarifë suksesi më të ulët.',
    covers: 'Deri në pesë persona të së njëjtës familje',
    benefits: [
      'Gjithçka që jep Asistenca, për secilin anëtar të familjes',
      'Më shumë raste brenda një viti anëtarësimi',
      'Përqindje më e ulët e tarifës së suksesit',
      'Anëtarët e familjes i ndryshoni vetë, në portal',
    ],
  },
  business: {
    title: 'Asistenca për biznese',
    summary: 'Për automjetet dhe pronat e biznesit tuaj, me shitje përmes këshilltarit tonë.',
    covers: 'Deri në dhjetë automjete ose prona',
    benefits: [
      'Një marrëveshje për të gjitha automjetet dhe pronat e regjistruara',
      'Këshilltar i përhershëm për biznesin tuaj',
      'Të gjitha rastet dhe dokumentet në një vend',
      'Faturë në emër të biznesit',
    ],
  },
  group: {
    title: 'Anëtarësim në grup',
    summary: 'Për të punësuarit ose anëtarët e një shoqate, me ofertë.',
    covers: 'Grupe, sipas listës së dorëzuar',
    benefits: [
      'Regjistrimi i gjithë grupit nga një listë e vetme',
      'Pasqyrë e përmbledhur pa të dhëna personale të individëve',
      'Kushte dhe çmim sipas madhësisë së grupit',
    ],
  },
}
