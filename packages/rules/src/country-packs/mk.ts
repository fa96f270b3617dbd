import type { MoneyJson } from '../money'
import { legalTextsEn, legalTextsMk, legalTextsSq } from './legal-texts'
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

const offered = ['mk', 'sq', 'en'] as const
const zone = 'Europe/Skopje'

function both(eurMinor: string, mkdMinor: string): MoneyJson[] {
  return [
    { minor: eurMinor, currency: 'EUR' },
    { minor: mkdMinor, currency: 'MKD' },
  ]
}

const issuer = {
  demo: true,
  legalName: 'Интердоместик Демо ДООЕЛ Скопје',
  address: 'ул. Пример бр. 1',
  city: '1000 Скопје',
  taxId: '0000000000000',
  vatId: 'МК0000000000000',
  registrationNumber: '0000000',
  iban: 'MK00000000000000000',
  bank: 'Демо Банка АД Скопје',
  phone: '+389 2 000 0000',
  email: 'kontakt@mk.example',
}

const facts = {
  legalName: issuer.legalName,
  address: `${issuer.address}, ${issuer.city}`,
  email: issuer.email,
  phone: issuer.phone,
  refundDays: 30,
  graceDays: 14,
  taxDocumentYears: 10,
  breachHours: 72,
}

/** North Macedonia. The legal identity is invented; prices, taxes and limits are defaults that the tenant changes. */
export const mkPack: CountryPack = {
  tenant: { id: 'tenant_mk', slug: 'mk', name: 'Интердоместик Северна Македонија', flag: '🇲🇰' },
  country: {
    code: 'MK',
    names: { mk: 'Северна Македонија', sq: 'Maqedonia e Veriut', sr: 'Severna Makedonija', en: 'North Macedonia' },
    phone: { callingCode: '389', trunk: '0', mobilePrefixes: ['7'], digits: { min: 8, max: 8 } },
    personalNumbers: [{ kind: 'embg', digits: 13, bornFirst: true, check: { weights: [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], certain: true } }],
    taxId: { digits: 13, prefixes: ['MK', 'МК'], check: { weights: [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], certain: true } },
  },
  currencies: ['MKD', 'EUR'],
  zone,
  branches: [
    { code: 'skopje', name: 'Филијала Скопје', city: 'Скопје', address: 'ул. Пример бр. 1', phone: '+389 2 000 0001' },
    { code: 'tetovo', name: 'Филијала Тетово', city: 'Тетово', address: 'ул. Пример бр. 2', phone: '+389 44 000 002' },
  ],
  rules: {
    products: defaultProducts(offered, {
      free: both('0', '0'),
      asistenca: both('2000', '123000'),
      family: both('3500', '215250'),
      business: both('9500', '584250'),
      minimumFee: both('2500', '153750'),
      roadside: both('1200', '73800'),
      extraMatter: both('1000', '61500'),
    }),
    tax: {
      rates: [
        { category: 'standard', rateBp: 1800 },
        { category: 'reduced', rateBp: 1000 },
        { category: 'low', rateBp: 500 },
        { category: 'exempt', rateBp: 0 },
      ],
      membershipCategory: 'standard',
      successFeeCategory: 'standard',
      exemptTextKey: 'vatExempt',
      pricesIncludeVat: true,
    },
    invoicing: defaultInvoicing({ languages: { primary: 'mk', secondary: 'sq' }, issuer, clearance: 'efaktura' }),
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
        { method: 'cash', provider: 'cash', taxDocumentIssuer: 'tenant', currencies: ['MKD'], channels: ['agent', 'branch'], active: true },
        {
          method: 'bank_transfer',
          provider: 'bank',
          taxDocumentIssuer: 'tenant',
          currencies: ['MKD'],
          channels: ['self_service', 'agent', 'branch'],
          active: true,
        },
      ],
      bankTransfer: {
        waitDays: 10,
        reference: 'digits',
        slip: {
          titles: { mk: 'Налог за плаќање (ПП30)', sq: 'Urdhër pagese (PP30)', en: 'Payment order (PP30)' },
          references: { mk: 'Повикување на број', sq: 'Numri i referencës (povikuvanje na broj)', en: 'Reference number (povikuvanje na broj)' },
        },
      },
    },
    commissions: defaultCommissions(both('5000', '307500')),
    enrolment: defaultEnrolment('skopje'),
    workflows: defaultWorkflows({ zone, holidaysOf: 'MK', offered, large: both('500000', '30750000') }),
    limits: defaultLimits(both('100000', '6150000'), both('300000', '18450000'), both('10000', '615000')),
    legal: defaultLegal({
      mk: legalTextsMk({
        ...facts,
        dataLaw: 'Закон за заштита на личните податоци („Службен весник на РСМ“ бр. 42/20 и 294/21)',
        authority: 'Агенција за заштита на личните податоци',
        courts: 'во Република Северна Македонија',
      }),
      sq: legalTextsSq({
        ...facts,
        dataLaw: 'Ligji për mbrojtjen e të dhënave personale („Gazeta Zyrtare e RMV-së“ nr. 42/20 dhe 294/21)',
        authority: 'Agjencia për Mbrojtjen e të Dhënave Personale',
        courts: 'në Republikën e Maqedonisë së Veriut',
      }),
      en: legalTextsEn({
        ...facts,
        dataLaw: 'Law on Personal Data Protection (Official Gazette of RNM 42/20 and 294/21)',
        authority: 'Agency for Personal Data Protection',
        courts: 'the Republic of North Macedonia',
      }),
    }),
    notifications: defaultNotifications,
    branding: {
      names: { mk: 'Интердоместик', sq: 'Interdomestik', en: 'Interdomestik' },
      accent: '#0f6b62',
      supportPhone: '+389 2 000 0000',
      supportEmail: 'pomos@mk.example',
    },
    languages: { default: 'mk', offered: [...offered] },
    retention: defaultRetention({
      taxDocuments: { years: 10, from: 'issue' },
      breachNoticeHours: 72,
      lawReference: 'Закон за заштита на личните податоци, 42/20 и 294/21',
    }),
    governance: defaultGovernance,
  },
}
