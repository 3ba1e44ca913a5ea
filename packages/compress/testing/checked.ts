import path from 'node:path'
import { expect } from 'vitest'
import type { Level } from '../src/levels.ts'
import { Result } from '../src/result.ts'
import { carried, difference, drawn, wordsOf } from './carried.ts'
import { compressFile } from './context.ts'

/** Compresses a file and looks at the result with other eyes than the judge's. */
export async function compressAndCheck(file: string, level: Level) {
  const { input, output, result, outputs, told } = await compressFile(file, { level })
  expect(Result.parse(result)).toEqual(result)
  expect(output.length).toBeLessThanOrEqual(input.length)
  expect(result).toMatchObject({ bytesBefore: input.length, bytesAfter: output.length, level })
  expect(outputs[0]?.name).toBe(path.basename(file))
  if (result.gain === 'none') expect(output.equals(input)).toBe(true)
  else await expectIntact(input, output, level)
  return { ...result, output, told }
}

/** How far drawings may differ in the mean, levels of 255: a noisy scan loses its noise at the strongest level. */
const mostDifference: Record<Level, number> = { low: 4, medium: 4, high: 4, maximum: 6 }

export async function expectIntact(input: Buffer, output: Buffer, level: Level = 'medium') {
  const [before, after] = await Promise.all([carried(input), carried(output)])
  expect(after).toEqual(before)
  const [words, wordsAfter] = await Promise.all([wordsOf(input), wordsOf(output)])
  expect(wordsAfter.length).toBe(words.length)
  const changed = words.filter((word, index) => wordsAfter[index] !== word).length
  expect(changed / Math.max(1, words.length)).toBeLessThan(0.005)
  const [look, lookAfter] = await Promise.all([drawn(input, 3), drawn(output, 3)])
  expect(difference(look, lookAfter)).toBeLessThan(mostDifference[level])
}
