import { expect, it } from 'vitest'
import { openSetBytes } from './set-bytes.ts'

it.each([0, 1, 2, 3])('finds each byte that is set, at any place of its memory: %i', (skew) => {
  const bytes = new Uint8Array(64).subarray(skew, skew + 45)
  const set = [0, 3, 4, 17, 18, 19, 20, 31, 44]
  for (const at of set) bytes[at] = 2
  const next = openSetBytes(bytes)
  const found: number[] = []
  for (let at = next(0, 45); at < 45; at = next(at + 1, 45)) found.push(at)
  expect(found).toEqual(set)
  expect([next(5, 17), next(5, 16), next(21, 30), next(45, 45)]).toEqual([17, 16, 30, 45])
})
