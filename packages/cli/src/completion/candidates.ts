import { flagOf } from '../program/arguments.ts'
import type { Description } from '../program/description.ts'
import { commonOptions } from '../program/common-options.ts'
import type { Option } from '../program/options.ts'

/** A word that could stand there, and what it is for. */
export type Candidate = { word: string; about: string }

/** What could stand at the end of a command line; `files` where a file could. */
export type Candidates = { words: Candidate[]; files: boolean }

const nothing: Candidates = { words: [], files: false }

/**
 * What could stand in the place of the last word.
 * @param words all behind the name of the program, the last one as far as it has been written
 */
export function candidates(words: readonly string[], program: readonly Description[]): Candidates {
  const before = words.slice(0, -1)
  const begun = words.at(-1) ?? ''
  const named = before.filter(
    (word, index) => !word.startsWith('-') && !optionNeeding(before[index - 1], commonOptions),
  )
  const command =
    program.find(({ name }) => name === named.slice(0, 2).join(' ')) ??
    program.find(({ name }) => name === named[0])
  if (!command) return matching(begun, commandWords(named, program))
  const options = { ...commonOptions, ...command.options }
  const value = before.includes('--') ? undefined : optionNeeding(before.at(-1), options)
  if (value) return valuesFor(begun, value)
  if (begun.startsWith('-') && !before.includes('--')) return matching(begun, flagsOf(options))
  const place = named.length - command.name.split(' ').length
  const argument =
    command.arguments[place] ?? (command.arguments.at(-1)?.several ? command.arguments.at(-1) : undefined)
  const choices = argument?.choices ?? []
  return {
    ...matching(
      begun,
      choices.map((word) => ({ word, about: '' })),
    ),
    files: argument?.file === true,
  }
}

/** The commands; behind the first word of a group, the second ones. */
function commandWords([group]: readonly string[], program: readonly Description[]): Candidate[] {
  if (group !== undefined)
    return program
      .filter(({ name }) => name.startsWith(`${group} `))
      .map(({ name, about }) => ({ word: name.slice(group.length + 1), about }))
  const all = program.map(({ name, about }): [string, string] => {
    const [first = '', second] = name.split(' ')
    return [first, second === undefined ? about : `${first} …`]
  })
  return [...new Map(all)].map(([word, about]) => ({ word, about }))
}

/** The option of which the value has to follow. */
function optionNeeding(word: string | undefined, options: Description['options']): Option | undefined {
  const found = Object.entries(options).find(
    ([name, { short }]) => word === `--${flagOf(name)}` || (short && word === `-${short}`),
  )
  return found?.[1].value === undefined ? undefined : found[1]
}

function valuesFor(begun: string, { choices = [], file = false }: Option): Candidates {
  return {
    ...matching(
      begun,
      choices.map((word) => ({ word, about: '' })),
    ),
    files: file,
  }
}

function flagsOf(options: Description['options']): Candidate[] {
  return Object.entries(options).flatMap(([name, { about, negatable }]) => [
    { word: `--${flagOf(name)}`, about },
    ...(negatable ? [{ word: `--no-${flagOf(name)}`, about }] : []),
  ])
}

const matching = (begun: string, all: readonly Candidate[]): Candidates => ({
  ...nothing,
  words: all.filter(({ word }) => word.startsWith(begun)),
})
