/**
 * Stems of the most common passwords. A password that is one of them plus digits, signs or letters swapped for
 * look-alikes is as common as the stem, so this short list refuses far more than its length.
 */
const stems = `password passwort passw0rd parola sifra lozinka fjalekalimi fjalkalimi welcome wellcome letmein iloveyou
sunshine princess football baseball basketball superman batman dragon monkey master shadow michael jennifer jordan
computer internet samsung whatever trustno mustang freedom starwars charlie hunter killer pokemon soccer liverpool
arsenal chelsea barcelona realmadrid juventus manchester flower summer winter spring autumn january february march april
june july august september october november december monday tuesday friday sunday secret admin administrator root guest
login access hello hellohello changeme default test testing tester testtest demo temp temporary user username qwerty
qwertz qwertyuiop qwertzuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc abcd abcdef abcdefgh iloveu loveyou love
lovely angel angels babygirl cookie chocolate cheese pepper ginger hannah jessica ashley daniel thomas robert matthew
andrew joshua nicole amanda george william yellow orange purple silver golden diamond money family forever friends
ferrari mercedes porsche bmw audi corvette harley yamaha honda toyota vardar skopje tetovo prishtina pristina prizren
peja kosova kosovo makedonija makedonia macedonia shqiperia shqipe shqipja albania ohrid bitola kumanovo gostivar
mitrovica gjilan ferizaj gjakova struga veles sunce ljubov dashuria zemer zemra mama babi nana tata marija ivana elena
arta besa liridon arben agron driton blerim shpend dritan zoran goran dragan milan stefan aleksandar nikola petar
trajce vesna qwe123 1q2w3e 1q2w3e4r 1qaz2wsx zaq12wsx a1b2c3 a1b2c3d4 abc123 123abc aa123456 pass passpass`

const stemSet = new Set(stems.split(/\s+/u))

const lookalikes: Readonly<Record<string, string>> = {
  '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's', '!': 'i', '|': 'l',
}

const keyboardRuns = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'zyxwvutsrqponmlkjihgfedcba',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'poiuytrewqlkjhgfdsamnbvcxz',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
]

function unleet(text: string): string {
  return [...text].map((character) => lookalikes[character] ?? character).join('')
}

/** Lower case without the digits and signs that people hang around a word. */
export function passwordCore(password: string): string {
  return password.normalize('NFKC').toLowerCase().replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
}

function isRun(text: string): boolean {
  return keyboardRuns.some((run) => run.includes(text))
}

function isRepetition(text: string): boolean {
  return /^(.{1,4})\1+.{0,3}$/u.test(text)
}

const bareForm = (lower: string): string => lower.replace(/[\s._!@#$%^&*()-]/gu, '')

/** What is left of a password without its decoration, in the ways that attackers undo it: as typed, without signs, without what hangs around the word, without look-alikes. */
export function commonForms(password: string): string[] {
  const lower = password.normalize('NFKC').toLowerCase()
  const bare = bareForm(lower)
  const core = passwordCore(password)
  return [lower, bare, core, unleet(lower), unleet(bare), passwordCore(unleet(bare)), unleet(core)]
}

/** True for what an attacker tries first: common words with decoration, keyboard runs, repetitions, dates alone. */
export function isCommonPassword(password: string): boolean {
  if (commonForms(password).some((candidate) => stemSet.has(candidate))) return true
  const bare = bareForm(password.normalize('NFKC').toLowerCase())
  const core = passwordCore(password)
  if (core.length >= 4 && stemSet.has(core.slice(0, core.length / 2)) && core === core.slice(0, core.length / 2).repeat(2)) return true
  if (isRun(bare) || isRepetition(bare)) return true
  if (/^\d{6,10}$/u.test(bare)) return true
  return core.length > 0 && core.length <= 3 && /\d{3,}/u.test(bare) && isRun(bare.replace(/\D/gu, ''))
}
