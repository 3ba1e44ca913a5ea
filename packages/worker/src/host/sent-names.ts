import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import type { InputFile } from '@pdf-smaller/task'

/** Puts names in the place of those that files have in the workspace, which is nobody else's matter. */
export type SentNames = {
  failure: (failure: JobFailure) => JobFailure
  /** All texts in a value that is JSON. */
  value: (value: unknown) => unknown
}

/** @param inputs each with its file in the workspace, and with the name that it was sent under */
export function sentNames(inputs: readonly Pick<InputFile, 'path' | 'name'>[]): SentNames {
  // The longest first: in-1-a.pdf stands in in-1-a.pdf.pdf, too.
  const names = inputs
    .flatMap(({ path: file, name }) => [file, path.basename(file)].map((own) => ({ own, name })))
    .sort((one, other) => other.own.length - one.own.length)
  const text = (given: string) =>
    names.reduce((told, { own, name }) => {
      if (!told.includes(own)) return told
      // An engine names the file, and so does whoever tells of several.
      return told.replaceAll(own, () => name).replaceAll(`${name}: ${name}: `, () => `${name}: `)
    }, given)
  const value = (given: unknown): unknown => {
    if (typeof given === 'string') return text(given)
    if (Array.isArray(given)) return given.map(value)
    if (typeof given !== 'object' || given === null) return given
    return Object.fromEntries(Object.entries(given).map(([name, each]) => [name, value(each)]))
  }
  return {
    failure: (failure) => {
      const { code, why, final, retryAfterMs, cause } = failure
      const told = text(why)
      return told === why ? failure : new JobFailure(code, told, { cause, final, retryAfterMs })
    },
    value,
  }
}
