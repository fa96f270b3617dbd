import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import { outsidePassword, outsideSession } from '../attacks/people';
import type { Place } from '../attacks/place';

const someone = (place: Pick<Place, 'word'>) => ({ name: place.word, email: `${newId()}@example.com`, locale: 'en' as const });

/** Somebody who was invited, and the secret of the link. */
async function invite(place: Place): Promise<{ id: string; token: string }> {
  const { id, link } = await (await place.root()).superAdmins.invite(someone(place));
  return { id, token: link?.split('token=')[1] ?? '' };
}

export const superAdminsAttacks: AttacksOn<'superAdmins'> = {
  list: { by: 'root' },
  trail: { by: 'root', input: () => ({}) },
  invite: { by: 'root', input: (place) => someone(place) },
  resend: { by: 'root', input: async (place) => ({ id: (await invite(place)).id }), values: ['id'] },
  disable: { by: 'root', input: async (place) => ({ id: (await invite(place)).id }), values: ['id'] },
  invitation: { by: 'door', of: 'bearer', input: async (place) => ({ token: (await invite(place)).token }), values: ['token'] },
  accept: { by: 'door', of: 'bearer', input: async (place) => ({ token: (await invite(place)).token, password: 'seven slow trains north' }), values: ['token'] },
  changeLocale: { by: 'root', input: () => ({ locale: 'en' }) },
  changePassword: { by: 'root', input: async () => ({ current: await outsidePassword(), password: 'seven slow trains north' }) },
  sessions: { by: 'root' },
  endSession: { by: 'root', input: async () => ({ id: await outsideSession() }) },
  endOtherSessions: { by: 'root' },
};
