import type { Level } from '@pdf-smaller/estimate'
import { narrow, quantile } from './fit-range.ts'
import type { Said } from './validate.ts'

export const headOfReport = [
  '| files | count | level | within the range | width: median | 8 of 10 below | at most 15 wide | error: median | 9 of 10 below | worst |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
].join('\n')

/** How good estimates are, in hundredths of the files' sizes. */
export function reportOf(title: string, level: Level, said: readonly Said[]): string {
  const widths = said.map(({ least, most }) => most - least)
  const errors = said.map(({ likely, result }) => Math.abs(likely - result))
  const part = (isMeant: (each: Said) => boolean) =>
    `${Math.round((said.filter(isMeant).length / said.length) * 100)} %`
  const points = (values: readonly number[], share: number) => (quantile(values, share) * 100).toFixed(1)
  const cells = [
    title,
    said.length,
    level,
    part(({ result, least, most }) => result >= least && result <= most),
    points(widths, 0.5),
    points(widths, 0.8),
    part(({ least, most }) => most - least <= narrow),
    points(errors, 0.5),
    points(errors, 0.9),
    points(errors, 1),
  ]
  return `| ${cells.join(' | ')} |`
}
