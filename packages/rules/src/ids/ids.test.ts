import { describe, expect, it } from 'vitest'
import { isId, newId, randomCode, randomToken } from '.'

describe('ids', () => {
  it('makes version 7 ids that sort by time', () => {
    const made = Array.from({ length: 200 }, () => newId())
    expect(new Set(made).size).toBe(200)
    expect(made.toSorted()).toEqual(made)
    for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/u)
  })

  it.each([
    [newId(), true],
    ['0190A5B0-1111-7222-8333-444455556666', false],
    ['0190a5b0-1111-7222-8333-44445555666', false],
    ['', false],
    [null, false],
    [{}, false],
  ])('isId(%s) is %s', (value, expected) => {
    expect(isId(value)).toBe(expected)
  })

  it('makes tokens of the asked strength in url-safe letters', () => {
    expect(randomToken(16)).toMatch(/^[\w-]{22}$/u)
    expect(randomToken(3, (bytes) => bytes.fill(255))).toBe('____')
  })

  it('makes codes without look-alikes and without bias', () => {
    expect(randomCode(8)).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/u)
    let call = 0
    const biased = (bytes: Uint8Array) => bytes.fill(call++ === 0 ? 255 : 0)
    expect(randomCode(4, biased)).toBe('2222')
  })
})
