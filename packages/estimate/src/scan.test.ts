import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { openScanner, type Part } from './scan.ts'

/** The streams that are found, and all the text between them. */
function scanned(bytes: Buffer, size: number) {
  const scanner = openScanner(() => 10)
  const parts: Part[] = []
  for (let at = 0; at < bytes.length; at += size)
    parts.push(...scanner.take(bytes.subarray(at, Math.min(bytes.length, at + size))))
  parts.push(...scanner.end())
  return {
    streams: parts.flatMap((part) =>
      part.kind === 'stream' ? [[part.bytes, part.head.toString('hex')]] : [],
    ),
    text: parts.map(({ text }) => text).join(''),
  }
}

it('finds the same streams however small the pieces are that a file comes in', async () => {
  const bytes = await readFile(new URL('../../../examples/form.pdf', import.meta.url))
  const whole = scanned(bytes, bytes.length)
  expect(whole.streams.length).toBeGreaterThan(3)
  for (const size of [1, 2, 3, 5, 17, 1000]) expect(scanned(bytes, size)).toEqual(whole)
})
