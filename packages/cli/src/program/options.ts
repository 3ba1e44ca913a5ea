import { momentOf } from './moment.ts'
import { UsageError } from './exit.ts'

/** What stands on a command line of one option: its values, or whether a switch is on. */
export type Stated = readonly string[] | boolean | undefined

/** An option as help, completion, the manual and the reading of arguments know it. */
export type Option<T = unknown> = {
  about: string
  /** Its letter. */
  short?: string
  /** What its value is called; a switch has none. */
  value?: string
  choices?: readonly string[]
  /** A switch that can also be said to be off: `--no-…`. */
  negatable?: true
  /** May stand there several times. */
  several?: true
  /** Its value is a file. */
  file?: boolean
  /** The value that it has where it is left out, as it is shown. */
  usual?: string
  /** @throws UsageError */
  read: (stated: Stated, flag: string) => T
}

export type Options = Readonly<Record<string, Option>>

export type ValuesOf<O extends Options> = { [K in keyof O]: O[K] extends Option<infer T> ? T : never }

/** The last of the values that were stated. */
const lastOf = (stated: Stated) => (typeof stated === 'object' ? stated.at(-1) : undefined)

/** Refuses a value. */
export function refuse(flag: string, takes: string, given: string): never {
  throw new UsageError(`--${flag} takes ${takes}, not "${given}"`)
}

export function toggle(about: string, short?: string): Option<boolean> {
  return { about, ...(short && { short }), read: (stated) => stated === true }
}

export function text(
  value: string,
  about: string,
  more: Pick<Option, 'short' | 'file'> = {},
): Option<string | undefined> {
  return { about, value, ...more, read: lastOf }
}

/** A text that has to be there. */
export function needed(value: string, about: string, more: Pick<Option, 'file'> = {}): Option<string> {
  return {
    about,
    value,
    ...more,
    read: (stated, flag) => {
      const given = lastOf(stated)
      if (!given) throw new UsageError(`--${flag} ${value} is needed: ${about}`)
      return given
    },
  }
}

const widestChoices = 30

/** Choices in place of a name of the value, where they are short. */
const shown = (choices: readonly string[]) =>
  choices.join('|').length <= widestChoices ? choices.join('|') : 'WORD'

export function choice<C extends string>(about: string, choices: readonly C[]): Option<C | undefined> {
  return {
    about,
    value: shown(choices),
    choices,
    read: (stated, flag) => {
      const given = lastOf(stated)
      const found = choices.find((each) => each === given)
      return given === undefined ? undefined : (found ?? refuse(flag, choices.join('|'), given))
    },
  }
}

/** Words, separated by commas or given one by one; none where there is no such option. */
export function words(value: string, about: string, more: Pick<Option, 'choices'> = {}): Option<string[]> {
  return {
    about,
    value: `${value},…`,
    several: true,
    ...more,
    read: (stated, flag) => {
      const all = (typeof stated === 'object' ? stated : [])
        .flatMap((each) => each.split(','))
        .filter(Boolean)
      const strange = more.choices && all.find((each) => !more.choices?.includes(each))
      return strange === undefined ? all : refuse(flag, `${more.choices?.join('|')}`, strange)
    },
  }
}

/** Texts that are given one by one. */
export function texts(value: string, about: string): Option<readonly string[]> {
  return { about, value, several: true, read: (stated) => (typeof stated === 'object' ? stated : []) }
}

/** A whole number from `least` on; `usual` where it is left out. */
export function count(about: string, usual: number, least = 1): Option<number> {
  return {
    about,
    value: 'N',
    usual: String(usual),
    read: (stated, flag) => {
      const given = lastOf(stated)
      if (given === undefined) return usual
      const number = /^\d+$/.test(given) ? Number(given) : NaN
      return number >= least ? number : refuse(flag, `a number from ${least}`, given)
    },
  }
}

/** A moment: a date, a time, or how long ago. */
export function moment(about: string): Option<Date | undefined> {
  return {
    about,
    value: 'TIME',
    read: (stated, flag) => {
      const given = lastOf(stated)
      if (given === undefined) return undefined
      return (
        momentOf(given) ?? refuse(flag, 'a time such as 2026-11-01, 2026-11-01T08:00Z, 2h or 7d ago', given)
      )
    },
  }
}
