import { isLocale } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import { legalText } from '../site/service';

export const privacyAttacks: AttacksOn<'privacy'> = {
  changedTexts: { by: 'member' },
  beginDownload: { by: 'member' },
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
