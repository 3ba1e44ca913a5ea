import { expect, it } from 'vitest'
import { estimateLines } from './run.ts'

const at = (bytes: number) => ({
  bytes,
  least: bytes / 2,
  most: bytes,
  ratio: bytes / 1_500_000,
  saved: 1_500_000 - bytes,
})
const given = {
  bytes: 1_500_000,
  pages: 2,
  images: [],
  parts: { images: 0, fonts: 0, contents: 0, others: 1_500_000 },
  levels: { low: at(1_500_000), medium: at(700_000), high: at(300_000), maximum: at(50_400) },
  warnings: [],
  tookMs: 3,
}

it('tells what each level would come to', () => {
  expect(estimateLines('a.pdf', given)).toEqual([
    'a.pdf: 1.50 MB, 2 pages',
    '  low       about   1.50 MB     750.0 kB to 1.50 MB   no smaller',
    '  medium    about  700.0 kB    350.0 kB to 700.0 kB   53 % smaller',
    '  high      about  300.0 kB    150.0 kB to 300.0 kB   80 % smaller',
    '  maximum   about   50.4 kB      25.2 kB to 50.4 kB   97 % smaller',
  ])
})

it('tells what stands in the way', () => {
  const { pages: _, ...locked } = given
  const lines = estimateLines('a.pdf', { ...locked, warnings: ['encrypted'] })
  expect([lines[0], lines.at(-1)]).toEqual([
    'a.pdf: 1.50 MB',
    '  it is encrypted: compress takes it only if it opens without a password',
  ])
})
