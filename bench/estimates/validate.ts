import { type Constants, type Level, rangeWith } from '@pdf-smaller/estimate'
import { fitLikely } from './fit-likely.ts'
import { fitRange, type Miss, missOf } from './fit-range.ts'
import type { Case } from './usual.ts'

/** What an estimate said of a file that had no part in it, as shares of the file. */
export type Said = { name: string; result: number; least: number; likely: number; most: number }

/** Parts into which the families are divided, to leave out one of them at a time. */
const folds = 8

/** The constants of a level, fitted to all files, and what those say that were fitted without a file and its family. */
export function fitLevel(cases: readonly Case[], level: Level): { constants: Constants; said: Said[] } {
  const all = fitLikely(cases, level)
  const left = inFolds(cases).flatMap(([out, others]) => {
    const without = fitLikely(others, level, all)
    return out.map((each) => {
      const { likely } = rangeWith(without, each.structure)
      return { each, without, miss: missOf(each, without, { likely, result: each.bytes[level] }) }
    })
  })
  const said = inFolds(left.map((each) => ({ ...each, family: each.each.family }))).flatMap(
    ([out, others]) => {
      const ranges = fitRange(others.map(({ miss }) => miss))
      return out.map(({ each, without }) => saidOf(each, { ...without, ...ranges }, level))
    },
  )
  return { constants: { ...all, ...fitRange(left.map(({ miss }): Miss => miss)) }, said }
}

export function saidOf({ name, structure, bytes }: Case, constants: Constants, level: Level): Said {
  const { least, likely, most } = rangeWith(constants, structure)
  const share = (size: number) => size / structure.bytes
  return { name, result: share(bytes[level]), least: share(least), likely: share(likely), most: share(most) }
}

/** Files of one family are left out together. */
function inFolds<Item extends { family: string }>(items: readonly Item[]): [out: Item[], others: Item[]][] {
  const families = [...new Set(items.map(({ family }) => family))]
  return Array.from({ length: folds }, (_, fold) => {
    const out = new Set(families.filter((_, index) => index % folds === fold))
    return [items.filter(({ family }) => out.has(family)), items.filter(({ family }) => !out.has(family))]
  })
}
