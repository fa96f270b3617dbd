// words that stand in examples, tutorials and this kind of repository: whoever leaves one in has no secret
const known = [
  'secret', 'changeme', 'change-me', 'change_me', 'password', 'your-secret', 'nextauth', 'next-auth', 'example', 'development', 'insecure', 'default', 'replace', 'placeholder', 'interdomestik', 'only-for-tests', 'keyboard cat', 'supersecret', 'here', 'goes', 'this', 'value', 'random', 'string', 'generate', 'please', 'super', 'jwt', 'auth',
]

/**
 * What is wrong with a secret that seals something, as the end of a sentence that begins with its name; null when it is strong: long, of many letters, and
 * no example with decoration.
 */
export function weaknessOf(secret: string): string | null {
  if (secret.length < 32) return 'must have at least 32 characters'
  if (new Set(secret).size < 10) return 'repeats the same few characters: make a random one'
  if (isRepetition(secret)) return 'repeats itself: make a random one'
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), secret.toLowerCase())
  return rest.replace(/[^a-z0-9]/gu, '').length >= 24 ? null : 'is a well-known default: make a random one'
}

/** `abcabcabc…`: half of it says all of it. */
function isRepetition(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length || /^(.{4,24}?)\1+/u.test(text)
}
