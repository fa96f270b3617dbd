import { describe, expect, it } from 'vitest'
import { weaknessOf } from '.'

describe('S-07 a secret', () => {
  it.each([
    '', 'short', 'a'.repeat(64), 'abcabcabcabcabcabcabcabcabcabcabcabcabc', '0123456789abcdef0123456789abcdef', 'your-secret-changeme-secret-please-replace-this-1', 'development-secret-development-secret',
    'nextauth-secret-nextauth-secret-nextauth', 'only-for-tests-'.repeat(3), 'your-super-secret-jwt-token-with-at-least-32', 'supersecretsupersecretsupersecret!', 'generate-a-random-string-and-put-it-here-please',
  ])('%j is weak', (secret) => {
    expect(weaknessOf(secret)).not.toBeNull()
  })

  it.each(['Qm3Zt8yVn5Lk2Rw7Xc4Ba9Df6Hg1Js0PeUiO', 'c2d8f0a1b4e97365c1d20f8e7b6a59433f1e8d7c', '9vK+3bWz/0QyJ1sRtLmXe7uHcNp5aFg2Di4oTk6PwYs='])('%s is strong', (secret) => {
    expect(weaknessOf(secret)).toBeNull()
  })
})
