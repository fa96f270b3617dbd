import type { PlanTexts } from './types'

export const planTextsEn: PlanTexts = {
  freeStart: {
    title: 'Free start',
    summary: 'You run the claim yourself, with our guides and letters.',
    covers: 'One person, without our representation',
    benefits: [
      'A checklist of the documents you need after an accident',
      'A claim letter that is ready to send',
      'A timeline, so that you miss no deadline',
      'Move to a paid membership whenever you like',
    ],
  },
  asistenca: {
    title: 'Asistenca',
    summary: 'We run your claim for compensation, from report to payout.',
    covers: 'One adult',
    benefits: [
      'One contact person who stays with your case',
      'A check of your documents and a first decision within the agreed time',
      'We negotiate for you with the insurer, the other party or the trader',
      'You pay a success fee only when we have actually recovered money',
      'A digital membership card with a QR code',
    ],
  },
  family: {
    title: 'Asistenca family',
    summary: 'One membership for the whole family, with a lower success fee.',
    covers: 'Up to five people of one family',
    benefits: [
      'Everything in Asistenca, for each member of the family',
      'More matters in one membership year',
      'A lower success fee',
      'You change the family members yourself, in the portal',
    ],
  },
  business: {
    title: 'Asistenca for business',
    summary: 'For the vehicles and properties of your business, sold by one of our advisers.',
    covers: 'Up to ten vehicles or properties',
    benefits: [
      'One agreement for all registered vehicles and properties',
      'A permanent adviser for your business',
      'All matters and documents in one place',
      'An invoice in the name of the business',
    ],
  },
  group: {
    title: 'Group membership',
    summary: 'For employees or members of an association, on request.',
    covers: 'Groups, from a list you provide',
    benefits: [
      'The whole group enrolled from one list',
      'A summary without personal data of individuals',
      'Terms and price by the size of the group',
    ],
  },
}
