import type { LegalFacts, LegalTextsOf } from './types'

const demoNotice = '> **Demo details.** The name, address and tax number of the company are invented and are shown for demonstration only.'

function terms(f: LegalFacts): string {
  return `${demoNotice}

## 1. Who we are
${f.legalName}, ${f.address}, offers an annual membership that helps you obtain compensation for a loss. We are not a law firm and not an insurer. We do not represent you in court; where that is needed we put you in touch with a lawyer, and we ask for your separate consent first.

## 2. What you get
Membership gives you help with the matters that your plan covers: road accidents, damage to property and personal injury. For travel and for disputes with traders we give guidance. We do not take criminal, family or immigration matters. Each plan says how many matters a membership year includes and who is covered.

## 3. Joining and price
You join on the portal, with one of our agents or at a branch. The price is shown with VAT before you pay. Membership starts once we have received your payment, and the end of the period is printed on your card. When you pay by card, the payment provider may be the seller of record and then sends you its own invoice; for cash and bank transfer we issue the invoice.

## 4. Duration, renewal and cancellation
The period is one year. If you renew before it ends, the new period continues from the old end. If you renew later, the new period starts on the day of renewal and the days in between are not covered. After a failed renewal you have ${f.graceDays} days. You may cancel at any time; membership then lasts until the end of the paid period, and we see accepted matters through.

## 5. Refund of the fee
Within ${f.refundDays} days of payment we refund the membership fee in full, unless we have already accepted a matter of yours.

## 6. Your matter
You report a matter on the portal, with correct details and the documents we ask for in that category. The time for our first decision runs from the moment the documents are complete. We decline a matter only for the reasons published on the portal, and we tell you the reason. We do nothing towards the other party before you have signed an agreement for that matter.

## 7. Success fee
You pay a success fee only when we have recovered money for you. It is a percentage of the amount recovered, with a minimum stated in your plan; if we recover nothing, you pay nothing. We deduct it from your payout or, where that is not possible, charge your stored card or send an invoice.

## 8. Liability
We do not guarantee the outcome of a matter. We are liable for loss that we cause deliberately or by gross negligence. Time limits for your claims run by law; please report in good time.

## 9. Complaints and law
Send a complaint to ${f.email} or call ${f.phone}; we answer in writing. The law of the country in which you are a member applies, and disputes go to the courts of ${f.courts}. Your rights as a consumer remain in full.`
}

function privacy(f: LegalFacts): string {
  return `${demoNotice}

## Who is responsible
The controller is ${f.legalName}, ${f.address}, ${f.email}, ${f.phone}. We work under: ${f.dataLaw}.

## What we process
- for your membership: name, contact, personal number, plan, payments and invoices;
- for a matter: what happened, the other party, the documents you upload and, after an injury, health data, only with your explicit consent;
- for security: sign-ins, devices and a record of who saw or changed what and when.

## Why, and on which basis
We keep membership and matters to perform our contract with you. We keep invoices because the law demands it. We keep security records in our legitimate interest. You receive offers only if you agree, and you may withdraw that consent whenever you like.

## Who sees it
Only authorised people of your branch and head office, as far as their work requires. Agents see the stage of a matter but not its content. The other party, an insurer, an expert or a lawyer receives only what your matter requires. Card payments and file storage are done by processors under contract. We do not sell data.

## How long
We keep tax documents for ${f.taxDocumentYears} years. We delete or anonymise other data when the period published on the portal has passed.

## Your rights
You may ask for access, correction, deletion, restriction or transfer, or object to processing; write to ${f.email}. After a security breach we tell the authority within ${f.breachHours} hours, and you without delay when the risk is high. You may also complain to: ${f.authority}.`
}

/** Legal texts in English. */
export function legalTextsEn(f: LegalFacts): LegalTextsOf {
  return {
    terms: { title: 'Terms of membership', body: terms(f) },
    privacy: { title: 'Privacy policy', body: privacy(f) },
    consentTerms: { title: 'Terms', body: 'I have read and accept the terms of membership. I understand that this is neither insurance nor a legal service.' },
    consentPrivacy: { title: 'Privacy', body: 'I have read the privacy policy and agree that my data is processed for my membership and my matters.' },
    consentMarketing: { title: 'Offers', body: 'I would like to receive news and offers by e-mail. I can withdraw this consent at any time.' },
    invoiceFooter: {
      title: 'Invoice footer',
      body: 'Prices include VAT. This invoice was made electronically and is valid without stamp or signature. Demo details: the issuer is invented and this is not a tax document.',
    },
    vatExempt: { title: 'VAT exemption', body: 'Exempt from VAT under the provisions in force on the day of issue.' },
  }
}
