import { isLocale } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import { legalText } from '../site/service';

export const privacyAttacks: AttacksOn<'privacy'> = {
  changedTexts: { by: 'member' },
  beginDownload: { by: 'member' },
  consents: { by: 'member' },
  sayConsent: { by: 'member', input: () => ({ key: 'consentMarketing' as const, accepted: false, version: 1, hash: 'a'.repeat(64) }) },
  accessLog: { by: 'member', input: () => ({}) },
  acceptText: {
    by: 'member',
    input: async (place) => {
      const scope = await place.scopeOf('member');
      const { version, hash } = await legalText(scope, 'terms', isLocale(scope.actor.locale) ? scope.actor.locale : 'en', new Date());
      return { key: 'terms' as const, version, hash };
    },
  },
};
