import { expect, it } from 'vitest'
import { openOwners } from './owners.ts'
import { openPlacements } from './placements.ts'
import { openResourceLists } from './resource-lists.ts'

/** Contents of object 1, which page 2 has; it names image 4 as A, image 5 as B, and form 6 as F. */
function placed(contents: string, form = '', isEncrypted = false) {
  const [placements, owners, objects] = [openPlacements(), openOwners(), openResourceLists('XObject')]
  const page = '<< /Type /Page /Contents 1 0 R /Resources << /XObject << /A 4 0 R /B 5 0 R /F 6 0 R >> >> >>'
  const ofForm =
    '<< /Subtype /Form /Matrix [2 0 0 2 0 0] /Resources << /XObject << /A 7 0 R /B 4 0 R >> >> >>'
  for (const [number, text] of [
    [2, page],
    [6, ofForm],
  ] as const)
    for (const each of [owners, objects]) each.note({ number, text })
  for (const [number, text] of [
    [1, contents],
    [6, form],
  ] as const)
    Array.from(placements.read(number, Buffer.from(text)))
  return placements.found(owners.found(), objects.found(), isEncrypted)
}

it('tells how large an image is drawn, by the name that resources have for it', () => {
  const { areaOf, isUnused } = placed('q 200 0 0 100 72 72 cm /A Do Q')
  expect([areaOf(4), areaOf(5), areaOf(9)]).toEqual([20_000, undefined, undefined])
  expect([4, 5, 9].map(isUnused)).toEqual([false, true, false])
})

it('follows nested and turned coordinates, and takes the largest place', () => {
  const { areaOf } = placed(
    'q .24 0 0 .24 0 0 cm q 0 1000 -500 0 9 9 cm /A Do Q Q q 10 0 0 5 1 1 cm\n/A Do Q',
  )
  expect(areaOf(4)).toBeCloseTo(240 * 120, 6)
})

it('follows forms, with what makes them larger', () => {
  const { areaOf } = placed('q 3 0 0 3 0 0 cm /F Do Q', 'q 10 0 0 5 0 0 cm /A Do Q')
  expect([areaOf(7), areaOf(4)]).toEqual([10 * 5 * 9 * 4, undefined])
})

it('nothing is unused where contents cannot be read', () => {
  expect(placed('/A Do', '', true).isUnused(5)).toBe(false)
})

it('takes what it does not understand for nothing', () => {
  for (const contents of [
    '',
    'q q q /A Do',
    '1 0 0 1 cm /A Do',
    'q 0 0 0 0 0 0 cm /A Do',
    'q . . . . . . cm /A Do',
  ])
    expect(placed(contents).areaOf(4)).toBeUndefined()
})

it('is not held up by contents that are made to', () => {
  const before = process.cpuUsage()
  for (const piece of ['q ', '1 ', '1 0 0 1 0 0 ', '/A ', '1 0 0 1 0 0 cm ', '/A Do '])
    placed(`/A Do ${piece.repeat((1024 * 1024) / piece.length)}`)
  expect(process.cpuUsage(before).user).toBeLessThan(4_000_000)
})
