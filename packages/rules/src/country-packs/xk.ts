import type { MoneyJson } from '../money'
import { legalTextsEn, legalTextsSq, legalTextsSr } from './legal-texts'
import type { CountryPack } from './pack'
import { defaultProducts } from './shared/plans'
import {
  defaultCommissions,
  defaultEnrolment,
  defaultGovernance,
  defaultInvoicing,
  defaultLegal,
  defaultLimits,
  defaultNotifications,
  defaultRetention,
} from './shared/tenant-rules'
import { defaultWorkflows } from './shared/workflows'

const offered = ['sq', 'sr', 'en'] as const
/** The zone database has no zone of Kosovo's own; its clock is Belgrade's. */
const zone = 'Europe/Belgrade'

function eur(minor: string): MoneyJson[] {
  return [{ minor, currency: 'EUR' }]
}

const issuer = {
  demo: true,
  legalName: 'Interdomestik Demo SH.P.K.',
  address: 'Rr. Shembull nr. 1',
  city: '10000 Prishtinë',
  taxId: '000000000',
  vatId: '000000000',
  registrationNumber: '000000000',
  iban: 'XK000000000000000000',
  bank: 'Banka Demo SH.A.',
  phone: '+383 38 000 000',
  email: 'kontakt@ks.example',
}

const facts = {
  legalName: issuer.legalName,
  address: `${issuer.address}, ${issuer.city}`,
  email: issuer.email,
  phone: issuer.phone,
  refundDays: 30,
  graceDays: 14,
  taxDocumentYears: 6,
  breachHours: 72,
}

/** Kosovo. The legal identity is invented; prices, taxes and limits are defaults that the tenant changes. */
export const xkPack: CountryPack = {
  tenant: { id: 'tenant_ks', slug: 'ks', name: 'Interdomestik Kosova', flag: '🇽🇰' },
  country: {
    code: 'XK',
    names: { mk: 'Косово', sq: 'Kosova', sr: 'Kosovo', en: 'Kosovo' },
    phone: { callingCode: '383', trunk: '0', mobilePrefixes: ['43', '44', '45', '46', '47', '48', '49'], digits: { min: 8, max: 8 } },
    personalNumbers: [
      // nobody has published how its last digit is made
      { kind: 'xk', digits: 10, bornFirst: false, check: { weights: [4, 3, 2, 7, 6, 5, 4, 3, 2], certain: false } },
      { kind: 'jmbg', digits: 13, bornFirst: true, check: { weights: [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], certain: true } },
    ],
    taxId: { digits: 9, prefixes: ['XK', 'KS'], check: null },
  },
  currencies: ['EUR'],
  zone,
  branches: [
    { code: 'prishtina', name: 'Dega Prishtinë', city: 'Prishtinë', address: 'Rr. Shembull nr. 1', phone: '+383 38 000 001' },
    { code: 'prizren', name: 'Dega Prizren', city: 'Prizren', address: 'Rr. Shembull nr. 2', phone: '+383 29 000 002' },
    { code: 'peja', name: 'Dega Pejë', city: 'Pejë', address: 'Rr. Shembull nr. 3', phone: '+383 39 000 003' },
  ],
  rules: {
    products: defaultProducts(offered, {
      free: eur('0'),
      asistenca: eur('2000'),
      family: eur('3500'),
      business: eur('9500'),
      minimumFee: eur('2500'),
      roadside: eur('1200'),
      extraMatter: eur('1000'),
    }),
    tax: {
      rates: [
        { category: 'standard', rateBp: 1800 },
        { category: 'reduced', rateBp: 800 },
        { category: 'exempt', rateBp: 0 },
      ],
      membershipCategory: 'standard',
      successFeeCategory: 'standard',
      exemptTextKey: 'vatExempt',
      pricesIncludeVat: true,
    },
    invoicing: defaultInvoicing({ languages: { primary: 'sq', secondary: 'en' }, issuer }),
    payments: {
      routes: [
        {
          method: 'card',
          provider: 'paddle',
          taxDocumentIssuer: 'provider',
          currencies: ['EUR'],
          channels: ['self_service', 'agent', 'branch'],
          active: true,
        },
        { method: 'cash', provider: 'cash', taxDocumentIssuer: 'tenant', currencies: ['EUR'], channels: ['agent', 'branch'], active: true },
        {
          method: 'bank_transfer',
          provider: 'bank',
          taxDocumentIssuer: 'tenant',
          currencies: ['EUR'],
          channels: ['self_service', 'agent', 'branch'],
          active: true,
        },
      ],
      bankTransfer: {
        waitDays: 10,
        reference: 'rf',
        slip: {
          titles: { sq: 'Urdhërpagesë', sr: 'Nalog za plaćanje', en: 'Payment order' },
          references: { sq: 'Numri i referencës', sr: 'Broj reference', en: 'Reference number' },
        },
      },
    },
    commissions: defaultCommissions(eur('5000')),
    enrolment: defaultEnrolment('prishtina'),
    workflows: defaultWorkflows({ zone, holidaysOf: 'XK', offered, large: [{ minor: '500000', currency: 'EUR' }] }),
    limits: defaultLimits(eur('200000'), eur('300000'), eur('10000')),
    legal: defaultLegal({
      sq: legalTextsSq({
        ...facts,
        dataLaw: 'Ligji nr. 06/L-082 për mbrojtjen e të dhënave personale',
        authority: 'Agjencia për Informim dhe Privatësi',
        courts: 'e Republikës së Kosovës',
      }),
      sr: legalTextsSr({
        ...facts,
        dataLaw: 'Zakon br. 06/L-082 o zaštiti ličnih podataka',
        authority: 'Agencija za informacije i privatnost',
        courts: 'Republike Kosovo',
      }),
      en: legalTextsEn({
        ...facts,
        dataLaw: 'Law No. 06/L-082 on Protection of Personal Data',
        authority: 'Information and Privacy Agency',
        courts: 'the Republic of Kosovo',
      }),
    }),
    notifications: defaultNotifications,
    branding: {
      names: { sq: 'Interdomestik', sr: 'Interdomestik', en: 'Interdomestik' },
      accent: '#0f6b62',
      supportPhone: '+383 38 000 000',
      supportEmail: 'ndihma@ks.example',
    },
    languages: { default: 'sq', offered: [...offered] },
    retention: defaultRetention({
      taxDocuments: { years: 6, from: 'year_end' },
      breachNoticeHours: 72,
      lawReference: 'Ligji nr. 06/L-082 për mbrojtjen e të dhënave personale',
    }),
    governance: defaultGovernance,
  },
}
