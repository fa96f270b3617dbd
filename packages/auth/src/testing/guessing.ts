// A process of its own that guesses a password, for the test of limits that hold over processes: guessing.ts <database url> <slug> <email> <address> <guesses>
import { connectDatabase, closeDatabase, resolveScope } from '@interdomestik/db';
import { signIn } from '../sign-in';

const [appUrl = '', slug = '', email = '', ip = '', guesses = '0'] = process.argv.slice(2);
await connectDatabase({ appUrl, max: 4, applicationName: 'guessing' });
const site = await resolveScope({ kind: 'visitor', slug });
if (site === null) throw new Error('no such tenant');
const answers = await Promise.all(Array.from({ length: Number(guesses) }, (_, index) =>
  signIn(site, 'member', { email, password: `guess ${String(index)}`, ip, userAgent: 'test' }).then(() => 'IN', (error: unknown) => (error as { code?: string }).code ?? String(error))));
process.stdout.write(JSON.stringify(answers));
await closeDatabase();
