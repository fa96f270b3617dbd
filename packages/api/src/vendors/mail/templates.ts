import { legalFormats, translator } from '@interdomestik/i18n';
import type { Locale, Translator } from '@interdomestik/i18n';
import { addDays, printIban, printReference } from '@interdomestik/rules';
import type { ClaimCategory, ClaimStatus, DateOnly, ErasureLetter, Money, PaymentMethod, Period, RejectReason, StaffRole } from '@interdomestik/rules';
import type { MailContent } from './content';
import { letterParagraphs, letterRows } from './erasure-letter';

/** A line of a price in the reader's language; below nothing where something is taken off. */
export type MailLine = { readonly title: string; readonly amount: Money };

/** What each template needs. `name` is the person greeted; `url` is where the button leads. */
export type MailParams = {
  'verify-email': { name: string; email: string; url: string; hours: number };
  'welcome-membership': { name: string; number: string; plan: string; period: Period; url: string };
  'payment-receipt': {
    name: string;
    number: string;
    amount: Money;
    paidOn: DateOnly;
    method: PaymentMethod;
    purpose: string;
    /** What the amount is made of; empty where it is the plan alone. */
    lines: readonly MailLine[];
    /** Name of the provider that sends the tax document; null when the tenant does. */
    provider: string | null;
    url: string;
  };
  'payment-link': { name: string; agent: string; plan: string; lines: readonly MailLine[]; amount: Money; months: number; until: DateOnly; url: string };
  /** To a member who pays by transfer: where to, how much and with which reference. `until`: the last day on which it is waited for. */
  'transfer-slip': { name: string; plan: string; beneficiary: string; iban: string; bank: string; reference: string; amount: Money; until: DateOnly; url: string };
  /** To a member whose transfer has not come. */
  'transfer-lapsed': { name: string; plan: string; amount: Money; until: DateOnly; url: string };
  /** To a member who pays in parts. `part`: which one of which plan; `overdue`: its day has passed. */
  'instalment-reminder': { name: string; part: string; amount: Money; due: DateOnly; overdue: boolean; way: 'cash' | 'card'; url: string };
  /** To a member whose membership ends soon, has ended unpaid, or has lapsed. `ends`: the last day that counts; `until`: the last day of grace. */
  'membership-renewal': { name: string; state: 'renewal_due' | 'past_due' | 'lapsed' | 'canceled'; plan: string; ends: DateOnly; until: DateOnly; url: string };
  'password-reset': { name: string; email: string; url: string; minutes: number };
  'staff-invitation': { name: string; inviter: string; role: StaffRole; branch: string | null; until: DateOnly; url: string };
  /** To a new super admin, from the platform itself. */
  'platform-invitation': { name: string; inviter: string; until: DateOnly; url: string };
  /** To a member whom an agent entered, so that they can sign in. */
  'member-invitation': { name: string; email: string; until: DateOnly; url: string };
  'claim-received': { name: string; number: string; category: ClaimCategory; incidentOn: DateOnly; hours: number; url: string };
  'claim-stage-changed': {
    name: string;
    number: string;
    from: ClaimStatus;
    to: ClaimStatus;
    reason: RejectReason | null;
    /** The next step in the member's language; null when there is none. */
    next: string | null;
    url: string;
  };
  /** To staff: a claim must leave its state until `due`, or should have. */
  'claim-deadline': { name: string; number: string; stage: ClaimStatus; due: string; overdue: boolean; url: string };
  /** `dueOn` null: it is paid already. */
  'invoice-issued': { name: string; number: string; amount: Money; issuedOn: DateOnly; dueOn: DateOnly | null; url: string };
  /** To a member whose friend joined and paid. `until`: the last day that counts now. */
  'referral-reward': { name: string; days: number; until: DateOnly; url: string };
  'existing-account': { name: string; email: string; url: string; resetUrl: string };
  /** The member belongs to another branch, or to another agent of the same one. `agent` null: the branch itself looks after the member. */
  'member-moved': { name: string; toOtherBranch: boolean; branch: string; phone: string | null; address: string; agent: string | null; url: string };
  /** The last mail to somebody who was erased: what went, what the law keeps, why and until when. The PDF of the same hangs on it. */
  'erasure-letter': { name: string; number: string; letter: ErasureLetter; url: string };
  /** Opens the new address of an account; goes to that address. */
  'email-change': { name: string; email: string; url: string; minutes: number };
  /** Something about the way in changed; whoever did not do it finds help at `url`. */
  'security-notice': { name: string; event: SecurityEvent; on: DateOnly; time: string; url: string };
};

/** Changes of the way in that a person is told of. */
export type SecurityEvent = 'second_factor_on' | 'second_factor_off' | 'second_factor_reset' | 'recovery_code_used' | 'email_changed';

/** The mails that we write. */
export type MailTemplate = keyof MailParams;

/** What a template has at hand besides its own values. */
type Desk = { readonly t: Translator; readonly locale: Locale; readonly tenant: string };
type Writer<T extends MailTemplate> = (desk: Desk, params: MailParams[T]) => MailContent;

/** Labels with values; a value of null leaves its row out. */
function rows(...pairs: readonly (readonly [string, string | null])[]): MailContent['rows'] {
  return pairs.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

/** The lines of a price as rows above its total. */
const priced = (lines: readonly MailLine[], locale: Locale): readonly (readonly [string, string])[] => lines.map(({ title, amount }) => [title, legalFormats.money(amount, locale)]);

// i18n-keys: common.paymentMethods.* common.roles.* common.claimCategories.* common.statuses.claim.* common.rejectReasons.* mails.securityNotice.*
const writers: { readonly [T in MailTemplate]: Writer<T> } = {
  'verify-email': ({ t }, { email, url, hours }) => ({
    subject: t('mails.verifyEmail.subject'),
    preheader: t('mails.verifyEmail.preheader'),
    heading: t('mails.verifyEmail.heading'),
    paragraphs: [t('mails.verifyEmail.body', { email })],
    rows: [],
    action: { label: t('mails.verifyEmail.action'), url },
    notes: [t('mails.verifyEmail.note', { hours })],
  }),

  'welcome-membership': ({ t }, { number, plan, period, url }) => {
    const start = legalFormats.date(period.start);
    // The period ends before `end`; people read the last day that counts.
    const until = legalFormats.date(addDays(period.end, -1));
    return {
      subject: t('mails.welcomeMembership.subject', { number }),
      preheader: t('mails.welcomeMembership.preheader', { until }),
      heading: t('mails.welcomeMembership.heading'),
      paragraphs: [t('mails.welcomeMembership.body')],
      rows: rows(
        [t('mails.welcomeMembership.number'), number],
        [t('mails.welcomeMembership.plan'), plan],
        [t('mails.welcomeMembership.period'), t('mails.welcomeMembership.periodRange', { start, end: until })],
      ),
      action: { label: t('mails.welcomeMembership.action'), url },
      notes: [t('mails.welcomeMembership.note')],
    };
  },

  'payment-receipt': ({ t, locale }, { number, amount, paidOn, method, purpose, lines, provider, url }) => ({
    subject: t('mails.paymentReceipt.subject', { number }),
    preheader: t('mails.paymentReceipt.preheader', { amount: legalFormats.money(amount, locale) }),
    heading: t('mails.paymentReceipt.heading'),
    paragraphs: [t('mails.paymentReceipt.body')],
    rows: rows(
      ...priced(lines, locale),
      [t('mails.paymentReceipt.amount'), legalFormats.money(amount, locale)],
      [t('mails.paymentReceipt.purpose'), purpose],
      [t('mails.paymentReceipt.date'), legalFormats.date(paidOn)],
      [t('mails.paymentReceipt.method'), t(`common.paymentMethods.${method}`)],
      [t('mails.paymentReceipt.number'), number],
    ),
    action: { label: t('mails.paymentReceipt.action'), url },
    notes: [provider === null ? t('mails.paymentReceipt.noteTenant') : t('mails.paymentReceipt.noteProvider', { provider })],
  }),

  'payment-link': ({ t, locale }, { agent, plan, lines, amount, months, until, url }) => {
    const price = legalFormats.money(amount, locale);
    return {
      subject: t('mails.paymentLink.subject'),
      preheader: t('mails.paymentLink.preheader', { amount: price }),
      heading: t('mails.paymentLink.heading'),
      paragraphs: [t('mails.paymentLink.body', { agent })],
      rows: rows(
        [t('mails.paymentLink.plan'), plan],
        [t('mails.paymentLink.period'), t('mails.paymentLink.periodMonths', { months })],
        ...priced(lines, locale),
        [t('mails.paymentLink.amount'), price],
      ),
      action: { label: t('mails.paymentLink.action', { amount: price }), url },
      notes: [t('mails.paymentLink.note', { until: legalFormats.date(until) })],
    };
  },

  'transfer-slip': ({ t, locale }, { plan, beneficiary, iban, bank, reference, amount, until, url }) => {
    const price = legalFormats.money(amount, locale);
    const last = legalFormats.date(until);
    return {
      subject: t('mails.transferSlip.subject'),
      preheader: t('mails.transferSlip.preheader', { amount: price, until: last }),
      heading: t('mails.transferSlip.heading'),
      paragraphs: [t('mails.transferSlip.body', { plan, until: last })],
      rows: rows(
        [t('mails.transferSlip.beneficiary'), beneficiary],
        [t('mails.transferSlip.bank'), bank],
        [t('mails.transferSlip.iban'), printIban(iban)],
        [t('mails.transferSlip.amount'), price],
        [t('mails.transferSlip.reference'), printReference(reference)],
      ),
      action: { label: t('mails.transferSlip.action'), url },
      notes: [t('mails.transferSlip.note')],
    };
  },

  'transfer-lapsed': ({ t, locale }, { plan, amount, until, url }) => ({
    subject: t('mails.transferLapsed.subject'),
    preheader: t('mails.transferLapsed.preheader'),
    heading: t('mails.transferLapsed.heading'),
    paragraphs: [t('mails.transferLapsed.body', { plan, until: legalFormats.date(until) }), t('mails.transferLapsed.late')],
    rows: rows([t('mails.transferLapsed.amount'), legalFormats.money(amount, locale)]),
    action: { label: t('mails.transferLapsed.action'), url },
    notes: [],
  }),

  'password-reset': ({ t }, { email, url, minutes }) => ({
    subject: t('mails.passwordReset.subject'),
    preheader: t('mails.passwordReset.preheader'),
    heading: t('mails.passwordReset.heading'),
    paragraphs: [t('mails.passwordReset.body', { email })],
    rows: [],
    action: { label: t('mails.passwordReset.action'), url },
    notes: [t('mails.passwordReset.note', { minutes })],
  }),

  'staff-invitation': ({ t, tenant }, { inviter, role, branch, until, url }) => ({
    subject: t('mails.staffInvitation.subject', { tenant }),
    preheader: t('mails.staffInvitation.preheader', { inviter, role: t(`common.roles.${role}`) }),
    heading: t('mails.staffInvitation.heading'),
    paragraphs: [t('mails.staffInvitation.body', { inviter, tenant })],
    rows: rows([t('mails.staffInvitation.role'), t(`common.roles.${role}`)], [t('mails.staffInvitation.branch'), branch]),
    action: { label: t('mails.staffInvitation.action'), url },
    notes: [t('mails.staffInvitation.note', { until: legalFormats.date(until) })],
  }),

  'platform-invitation': ({ t }, { inviter, until, url }) => ({
    subject: t('mails.platformInvitation.subject'),
    preheader: t('mails.platformInvitation.preheader', { inviter }),
    heading: t('mails.platformInvitation.heading'),
    paragraphs: [t('mails.platformInvitation.body', { inviter })],
    rows: [],
    action: { label: t('mails.platformInvitation.action'), url },
    notes: [t('mails.platformInvitation.note', { until: legalFormats.date(until) })],
  }),

  'member-invitation': ({ t }, { email, until, url }) => ({
    subject: t('mails.memberInvitation.subject'),
    preheader: t('mails.memberInvitation.preheader'),
    heading: t('mails.memberInvitation.heading'),
    paragraphs: [t('mails.memberInvitation.body', { email })],
    rows: [],
    action: { label: t('mails.memberInvitation.action'), url },
    notes: [t('mails.memberInvitation.note', { until: legalFormats.date(until) })],
  }),

  'claim-received': ({ t }, { number, category, incidentOn, hours, url }) => ({
    subject: t('mails.claimReceived.subject', { number }),
    preheader: t('mails.claimReceived.preheader'),
    heading: t('mails.claimReceived.heading'),
    paragraphs: [t('mails.claimReceived.body'), t('mails.claimReceived.next', { hours })],
    rows: rows(
      [t('mails.claimReceived.number'), number],
      [t('mails.claimReceived.category'), t(`common.claimCategories.${category}`)],
      [t('mails.claimReceived.incidentOn'), legalFormats.date(incidentOn)],
    ),
    action: { label: t('mails.claimReceived.action'), url },
    notes: [t('mails.claimReceived.note')],
  }),

  'claim-stage-changed': ({ t }, { number, from, to, reason, next, url }) => ({
    subject: t('mails.claimStageChanged.subject', { number, stage: t(`common.statuses.claim.${to}`) }),
    preheader: t('mails.claimStageChanged.preheader'),
    heading: t('mails.claimStageChanged.heading'),
    paragraphs: [t('mails.claimStageChanged.body', { number })],
    rows: rows(
      [t('mails.claimStageChanged.from'), t(`common.statuses.claim.${from}`)],
      [t('mails.claimStageChanged.to'), t(`common.statuses.claim.${to}`)],
      [t('mails.claimStageChanged.reason'), reason === null ? null : t(`common.rejectReasons.${reason}`)],
      [t('mails.claimStageChanged.next'), next],
    ),
    action: { label: t('mails.claimStageChanged.action'), url },
    notes: [],
  }),

  'claim-deadline': ({ t }, { number, stage, due, overdue, url }) => {
    const late = { number, overdue: overdue ? 'yes' : 'no' };
    return {
      subject: t('mails.claimDeadline.subject', late),
      preheader: t('mails.claimDeadline.preheader'),
      heading: t('mails.claimDeadline.heading', late),
      paragraphs: [t('mails.claimDeadline.body', late)],
      rows: rows([t('mails.claimDeadline.status'), t(`common.statuses.claim.${stage}`)], [t('mails.claimDeadline.due'), due]),
      action: { label: t('mails.claimDeadline.action'), url },
      notes: [],
    };
  },

  'instalment-reminder': ({ t, locale }, { part, amount, due, overdue, way, url }) => {
    const late = { overdue: overdue ? 'yes' : 'no' };
    const day = legalFormats.date(due);
    const price = legalFormats.money(amount, locale);
    return {
      subject: t('mails.instalmentReminder.subject', late),
      preheader: t('mails.instalmentReminder.preheader', { amount: price, due: day }),
      heading: t('mails.instalmentReminder.heading', late),
      paragraphs: [t('mails.instalmentReminder.body', { way })],
      rows: rows([t('mails.instalmentReminder.part'), part], [t('mails.instalmentReminder.amount'), price], [t('mails.instalmentReminder.due'), day]),
      action: { label: t('mails.instalmentReminder.action'), url },
      notes: [],
    };
  },

  'membership-renewal': ({ t }, { state, plan, ends, until, url }) => ({
    subject: t('mails.membershipRenewal.subject', { state }),
    preheader: t('mails.membershipRenewal.preheader', { ends: legalFormats.date(ends) }),
    heading: t('mails.membershipRenewal.heading', { state }),
    paragraphs: [t('mails.membershipRenewal.body', { state, until: legalFormats.date(until) })],
    rows: rows([t('mails.membershipRenewal.plan'), plan], [t('mails.membershipRenewal.ends'), legalFormats.date(ends)]),
    action: { label: t('mails.membershipRenewal.action', { state }), url },
    notes: [],
  }),

  'invoice-issued': ({ t, locale }, { number, amount, issuedOn, dueOn, url }) => ({
    subject: t('mails.invoiceIssued.subject', { number }),
    preheader: t('mails.invoiceIssued.preheader', { amount: legalFormats.money(amount, locale) }),
    heading: t('mails.invoiceIssued.heading'),
    paragraphs: [
      dueOn === null ? t('mails.invoiceIssued.bodyPaid') : t('mails.invoiceIssued.bodyDue', { due: legalFormats.date(dueOn) }),
    ],
    rows: rows(
      [t('mails.invoiceIssued.number'), number],
      [t('mails.invoiceIssued.amount'), legalFormats.money(amount, locale)],
      [t('mails.invoiceIssued.issuedOn'), legalFormats.date(issuedOn)],
      [t('mails.invoiceIssued.dueOn'), dueOn === null ? null : legalFormats.date(dueOn)],
    ),
    action: { label: t('mails.invoiceIssued.action'), url },
    notes: [],
  }),

  'referral-reward': ({ t }, { days, until, url }) => ({
    subject: t('mails.referralReward.subject'),
    preheader: t('mails.referralReward.preheader', { days }),
    heading: t('mails.referralReward.heading'),
    paragraphs: [t('mails.referralReward.body', { days })],
    rows: rows([t('mails.referralReward.until'), legalFormats.date(until)]),
    action: { label: t('mails.referralReward.action'), url },
    notes: [],
  }),

  'existing-account': ({ t }, { email, url, resetUrl }) => ({
    subject: t('mails.existingAccount.subject'),
    preheader: t('mails.existingAccount.preheader'),
    heading: t('mails.existingAccount.heading'),
    paragraphs: [t('mails.existingAccount.body', { email })],
    rows: [],
    action: { label: t('mails.existingAccount.action'), url },
    notes: [t('mails.existingAccount.note', { resetUrl })],
  }),

  'member-moved': ({ t }, { toOtherBranch, branch, phone, address, agent, url }) => ({
    subject: toOtherBranch ? t('mails.memberMoved.subjectBranch', { branch }) : t('mails.memberMoved.subjectAgent'),
    preheader: t('mails.memberMoved.preheader'),
    heading: toOtherBranch ? t('mails.memberMoved.headingBranch') : t('mails.memberMoved.headingAgent'),
    paragraphs: [toOtherBranch ? t('mails.memberMoved.bodyBranch', { branch }) : t('mails.memberMoved.bodyAgent', { branch }), t('mails.memberMoved.same')],
    rows: rows(
      [t('mails.memberMoved.branch'), branch],
      [t('mails.memberMoved.address'), address === '' ? null : address],
      [t('mails.memberMoved.phone'), phone],
      [t('mails.memberMoved.agent'), agent],
    ),
    action: { label: t('mails.memberMoved.action'), url },
    notes: [t('mails.memberMoved.note')],
  }),

  'erasure-letter': ({ t, tenant }, { number, letter, url }) => ({
    subject: t('privacy.letter.subject', { tenant }),
    preheader: t('privacy.letter.preheader'),
    heading: t('privacy.letter.title'),
    paragraphs: letterParagraphs(t, letter, tenant),
    rows: rows([t('privacy.letter.number'), number], [t('privacy.letter.memberNumber'), letter.memberNumber], ...letterRows(t, letter)),
    action: { label: t('privacy.letter.action'), url },
    notes: [t('privacy.letter.note')],
  }),

  'email-change': ({ t }, { email, url, minutes }) => ({
    subject: t('mails.emailChange.subject'),
    preheader: t('mails.emailChange.preheader'),
    heading: t('mails.emailChange.heading'),
    paragraphs: [t('mails.emailChange.body', { email })],
    rows: [],
    action: { label: t('mails.emailChange.action'), url },
    notes: [t('mails.emailChange.note', { minutes })],
  }),

  'security-notice': ({ t }, { event, on, time, url }) => ({
    subject: t(`mails.securityNotice.${event}.subject`),
    preheader: t(`mails.securityNotice.${event}.body`),
    heading: t('mails.securityNotice.heading'),
    paragraphs: [t(`mails.securityNotice.${event}.body`)],
    rows: rows([t('mails.securityNotice.when'), `${legalFormats.date(on)} ${time}`]),
    // the address that reads this opens nothing any more, so it cannot ask for a new password either
    action: { label: event === 'email_changed' ? t('mails.securityNotice.signIn') : t('mails.securityNotice.action'), url },
    notes: [event === 'email_changed' ? t('mails.securityNotice.noteMoved') : t('mails.securityNotice.note')],
  }),
};

/** Every template's name. */
export const mailTemplates = Object.keys(writers) as readonly MailTemplate[];

/** Writes a mail's content. The values must be clean already (one line each, links checked). */
export function writeMail<T extends MailTemplate>(template: T, locale: Locale, params: MailParams[T], tenant: string): MailContent {
  return writers[template]({ t: translator(locale), locale, tenant }, params);
}
