import type { AttacksOn } from '../attacks/attack';
import { joinInputOf } from '../testing';

const password = 'seven slow trains north';

export const accountsAttacks: AttacksOn<'accounts'> = {
  join: { by: 'visitor', of: 'bearer', input: ({ tenant, word }) => joinInputOf(tenant, { planCode: 'free_start', firstName: word }) },
  verifyEmail: { by: 'visitor', of: 'bearer', input: async (place) => ({ token: await place.newLink('verify_email') }), values: ['token'] },
  requestPasswordReset: { by: 'visitor', of: 'bearer', quiet: true, input: ({ people }) => ({ email: people.otherMember.email }), values: ['email'] },
  resetPassword: { by: 'visitor', of: 'bearer', input: async (place) => ({ token: await place.newLink('reset_password'), password }), values: ['token'] },
  invitation: { by: 'visitor', of: 'bearer', input: async (place) => ({ token: await place.newLink('invitation') }), values: ['token'] },
  acceptInvitation: { by: 'visitor', of: 'bearer', input: async (place) => ({ token: await place.newLink('invitation'), password }), values: ['token'] },
  me: { by: 'member', outside: true },
  profile: { by: 'member' },
  updateProfile: { by: 'member', input: ({ tenant, word }) => ({ firstName: word, lastName: 'Krasniqi', phone: joinInputOf(tenant).phone, address: `${word} 1`, city: 'Prizren', locale: 'en' }) },
  changeLocale: { by: 'member', input: () => ({ locale: 'en' }) },
  prove: { by: 'member', outside: true, input: ({ people }) => ({ password: people.member.password }) },
  requestEmailChange: { by: 'member', input: ({ word }) => ({ email: `${word}.new@posta.example` }) },
  confirmEmailChange: { by: 'visitor', of: 'bearer', input: async (place) => ({ token: await place.newLink('change_email') }), values: ['token'] },
  changePassword: { by: 'member', input: ({ people }) => ({ current: people.member.password, password }) },
  resendVerification: { by: 'member' },
  sessions: { by: 'member' },
  endSession: { by: 'member', of: 'person', input: async (place) => ({ id: await place.newSession('member') }), values: ['id'] },
  endOtherSessions: { by: 'member' },
};
