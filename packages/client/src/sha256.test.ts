import { createHash, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { openSha256 } from './sha256.ts'

it('gives the digest of a message in whatever pieces it comes', () => {
  const message = randomBytes(1000)
  // Around the ends of blocks, with and without room for the length.
  for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 121, 127, 128, 129, 1000]) {
    const whole = message.subarray(0, length)
    const expected = createHash('sha256').update(whole).digest('hex')
    for (const size of [1, 7, 64, 1000]) {
      const digest = openSha256()
      for (let from = 0; from < length; from += size) digest.update(whole.subarray(from, from + size))
      expect(digest.hex(), `${length} bytes by ${size}`).toBe(expected)
    }
  }
})
