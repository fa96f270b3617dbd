import type { Journey } from '../journey';
import type { Product } from '../stack';
import { accountJourney } from './accounts';
import { fieldJourney } from './field';
import { hostJourney } from './hosts';
import { importsJourney } from './imports';
import { instalmentsJourney } from './instalments';
import { looksJourney } from './looks';
import { memberJourney } from './member';
import { providerJourney } from './provider';
import { priceJourney, workflowJourney } from './rules';
import { securityJourney } from './security';
import { superAdminJourney, suspendJourney } from './super-admin';
import { thirdCountryJourney } from './third-country';
import { transferJourney } from './transfers';

/**
 * Every journey by the name that the report shows. Journeys of one run share the product. What begins with a country's code must stay within that
 * country and with its people: such journeys run beside those of the other one, and beside `hosts`, which changes nothing. What nothing may run beside
 * begins with `alone: `; all others, the attacks too, run two at once. See `rounds.ts`.
 */
export const journeys: Readonly<Record<string, (product: Product) => Journey>> = {
  'hosts: picker, unknown host, each country in its own language': hostJourney,
  'ks: join, pay by card, card, claim with a document': (product) => memberJourney(product, 'ks'),
  'mk: join, pay by card, card, claim with a document': (product) => memberJourney(product, 'mk'),
  'ks: agent sells for cash, branch sees it, others do not': (product) => fieldJourney(product, 'ks'),
  'mk: agent sells for cash, branch sees it, others do not': (product) => fieldJourney(product, 'mk'),
  'super admin enters a country with a reason': superAdminJourney,
};

/** What is beside the main job, or takes minutes: run by `npm run test:slow`, or by a word of their name. */
export const slowJourneys: typeof journeys = {
  'ks: confirm the address, replace the password, invite a colleague': (product) => accountJourney(product, 'ks'),
  'ks: second factor, fresh proof, new address, lost phone': (product) => securityJourney(product, 'ks'),
  'mk: a member moves from one branch to another': (product) => transferJourney(product, 'mk'),
  'mk: a price changes at its minute, leaves what was sold, and goes back': priceJourney,
  'ks: a step, the calendar and the terms change at their minute, leave what was begun, and go back': workflowJourney,
  'mk: second factor, fresh proof, new address, lost phone': (product) => securityJourney(product, 'mk'),
  'ks: every page looks as it should': (product) => looksJourney(product, 'ks'),
  'mk: a plan is sold in parts, and the next one is taken': (product) => instalmentsJourney(product, 'mk'),
  'ks: a plan is sold in parts, and the next one is taken': (product) => instalmentsJourney(product, 'ks'),
  'ks: an account at the payment provider is tried, its secret exchanged, its payments compared': (product) => providerJourney(product, 'ks'),
  'mk: old files are taken in through the screens, corrected, joined and taken back': importsJourney,
  'mk: every page looks as it should': (product) => looksJourney(product, 'mk'),
  'alone: a third country is opened from its file, and sells': thirdCountryJourney,
  'alone: super admin suspends a country and opens it again': suspendJourney,
};
