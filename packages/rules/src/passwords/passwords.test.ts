import { describe, expect, it } from 'vitest'
import { leakedSet, newPasswordFault } from '.'

const owner = { email: 'arta.krasniqi@post.example', names: ['Arta', 'Krasniqi-Berisha'], tenantName: 'Interdomestik Dardania' }

describe('S-06 a new password', () => {
  it('is refused when it stands in leaked lists, as it is or decorated', () => {
    const all = [...leakedSet()]
    expect(all.length).toBeGreaterThanOrEqual(3000)
    // every one could be chosen if it were not in the list: the shortest allowed is eight
    expect(all.filter((password) => password.length < 8)).toEqual([])
    expect(all.filter((password) => newPasswordFault(password, owner) === null)).toEqual([])
    for (const password of ['Maverick', 'MAVERICK1987', 'm@verick', 'steelers!!', '  cocacola  ', 'ｍａｖｅｒｉｃｋ', 'danielle.']) expect([password, newPasswordFault(password, owner)]).toEqual([password, 'errors.password.common'])
  })

  it.each([
    ['arta.krasniqi', 'errors.password.personal'],
    ['KrasniqiArta1990!', 'errors.password.personal'],
    ['krasniqi-berisha', 'errors.password.personal'],
    ['Арта Красниќи 90', 'errors.password.personal'],
    ['arta.krasniqi@post.example', 'errors.password.personal'],
    ['BerishaBerisha', 'errors.password.personal'],
    ['Dardania2026', 'errors.password.site'],
    ['InterdomestikDardania', 'errors.password.site'],
    ['arta pours tea at noon', null],
    ['dardania sleeps under snow', null],
    ['krasniqi-94837261504938', null],
    ['шума река планина', null],
    ['🦊🐻🐼🦁🐯🐨🐸🐵', null],
    ['x'.repeat(3) + ' vodno lift 17 ' + 'ж'.repeat(60), null],
  ] as const)('%s: %s', (password, fault) => {
    expect(newPasswordFault(password, owner)).toBe(fault)
  })

  it('of somebody without an address is judged all the same', () => {
    expect(newPasswordFault('Krasniqi1990', { ...owner, email: null })).toBe('errors.password.personal')
    expect(newPasswordFault('a quiet river in autumn', { ...owner, email: null, names: ['', 'A', 'Li'] })).toBeNull()
  })
})
