import { expect, it } from 'vitest'
import { builtInEncoding } from './built-in-encoding.ts'

const program = (entries: string) =>
  Buffer.from(`/Encoding 256 array 0 1 255 {1 index exch /.notdef put} for ${entries} readonly def eexec`)

it('codes may be told in any base', () => {
  const names = builtInEncoding(
    program('dup 65 /A put dup 8#102/B put dup 16#4c /Lslash put dup 99#9/C put dup x/D put'),
  )
  expect(names).toEqual(
    new Map([
      [65, '/A'],
      [66, '/B'],
      [76, '/Lslash'],
    ]),
  )
})
