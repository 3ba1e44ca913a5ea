import { expect, it } from 'vitest'
import { openPlacements } from './placements.ts'

function placed(contents: string) {
  const placements = openPlacements()
  Array.from(placements.read(Buffer.from(contents)))
  return placements.areaFor
}

it('tells how large an image is drawn', () => {
  const areaFor = placed('q 200 0 0 100 72 72 cm /Im1 Do Q')
  expect(areaFor(1000, 500)).toBe(20_000)
  expect(areaFor(1000, 1000)).toBeUndefined()
})

it('follows nested and turned coordinates, and takes the largest place', () => {
  const areaFor = placed('q .24 0 0 .24 0 0 cm q 0 1000 -500 0 9 9 cm /A Do Q Q q 10 0 0 5 1 1 cm\n/A Do Q')
  expect(areaFor(200, 100)).toBeCloseTo(240 * 120, 6)
})

it('takes what it does not understand for nothing', () => {
  for (const contents of [
    '',
    'q q q /A Do',
    '1 0 0 1 cm /A Do',
    'q 0 0 0 0 0 0 cm /A Do',
    'q . . . . . . cm /A Do',
  ])
    expect(placed(contents)(1, 1)).toBeUndefined()
})

it('is not held up by contents that are made to', () => {
  const before = process.cpuUsage()
  for (const piece of ['q ', '1 ', '1 0 0 1 0 0 ', '/A ', '1 0 0 1 0 0 cm ', '/A Do '])
    placed(`/A Do ${piece.repeat((1024 * 1024) / piece.length)}`)
  expect(process.cpuUsage(before).user).toBeLessThan(4_000_000)
})
