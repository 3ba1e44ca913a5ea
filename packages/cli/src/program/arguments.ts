import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { Given } from './command.ts'
import type { Argument, Description } from './description.ts'
import { commonOptions, type CommonValues } from './common-options.ts'
import { UsageError } from './exit.ts'
import type { Option, Options, Stated, ValuesOf } from './options.ts'
import { didYouMean } from './suggest.ts'

/** `keepMetadata` is `--keep-metadata` on the command line. */
export const flagOf = (option: string) => option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The arguments of a command, as they are stated: no value has been looked at yet. */
export type StatedArguments = { stated: ReadonlyMap<string, Stated>; words: readonly string[] }

/**
 * Splits arguments into options and words.
 * @param see what to look at for help: `compress`
 * @throws UsageError that names what is not known, and what may have been meant
 */
export function splitArguments(args: readonly string[], options: Options, see: string): StatedArguments {
  const named = new Map(Object.entries(options).map(([name, option]) => [flagOf(name), { name, option }]))
  const stated = new Map<string, Stated>()
  const words: string[] = []
  for (const token of tokensOf(args, options)) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const found = named.get(token.name) ?? negated(token.name, named)
    if (!found) throw new UsageError(unknown(token.rawName, args[token.index] ?? '', [...named.keys()], see))
    const { name, option } = found
    const value = valueStated(token, option, see)
    const before = stated.get(name)
    stated.set(
      name,
      typeof value === 'string' ? [...(typeof before === 'object' ? before : []), value] : value,
    )
  }
  return { stated, words }
}

function tokensOf(args: readonly string[], options: Options) {
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(options).map(([name, { value, short }]) => [
      flagOf(name),
      { type: value === undefined ? 'boolean' : 'string', ...(short && { short }) },
    ]),
  )
  return parseArgs({ args: [...args], options: config, strict: false, tokens: true, allowPositionals: true })
    .tokens
}

type Named = { name: string; option: Option }

function negated(flag: string, named: ReadonlyMap<string, Named>): Named | undefined {
  const found = flag.startsWith('no-') ? named.get(flag.slice(3)) : undefined
  return found?.option.negatable && found
}

/** @param given the argument that it stands in, which may be meant as a file */
function unknown(flag: string, given: string, known: readonly string[], see: string): string {
  const has = `${see} has no option ${flag}`
  if (/^-[^-].*\./.test(given)) return `${has}; a file of such a name is given as ./${given}`
  const meant = didYouMean(flag.replace(/^-+/, ''), known).replace('mean ', 'mean --')
  return `${has}${meant || `; see: ${helpOf(see)}`}`
}

export const helpOf = (command: string) => ['pdf-smaller', command, '--help'].filter(Boolean).join(' ')

type OptionToken = {
  name: string
  rawName: string
  value?: string | undefined
  inlineValue?: boolean | undefined
}

/** The value of an option as it stands there. @throws UsageError where there is none, or one too many */
export function valueStated(token: OptionToken, { value, negatable }: Option, see: string): string | boolean {
  if (value === undefined) {
    if (token.value !== undefined)
      throw new UsageError(`${token.rawName} takes no value; see: ${helpOf(see)}`)
    return !(negatable && token.name.startsWith('no-'))
  }
  // What follows is an option, unless it was written with "=".
  if (token.value === undefined || (!token.inlineValue && /^--?[a-z]/i.test(token.value)))
    throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${value}; see: ${helpOf(see)}`)
  return token.value
}

/** The values of options, each as its option reads it. @throws UsageError */
export function valuesOf<O extends Options>(options: O, { stated }: StatedArguments): ValuesOf<O> {
  const values = Object.entries(options).map(([name, { read }]) => [
    name,
    read(stated.get(name), flagOf(name)),
  ])
  // Each value is of the type that its own option reads.
  return Object.fromEntries(values) as ValuesOf<O>
}

/**
 * Reads the arguments of a command.
 * @throws UsageError
 */
export function readArguments(
  command: Description,
  args: readonly string[],
): Given<ValuesOf<Options>> & { common: CommonValues } {
  const known = { ...commonOptions, ...command.options }
  const [own, others] = command.takesOthers ? apart(args, known) : [args, []]
  const split = splitArguments(own, known, command.name)
  const common = valuesOf(commonOptions, split)
  const values = valuesOf(command.options, split)
  checkWords(command, split.words)
  return { values, words: split.words, others, common }
}

/** The first word and the options that are known, and all that is left. */
function apart(args: readonly string[], known: Options): [own: string[], others: string[]] {
  const flags = new Set(Object.keys(known).map(flagOf))
  const tokens = tokensOf(args, known)
  const first = tokens.find(({ kind }) => kind === 'positional')
  const own = new Set(first ? [first.index] : [])
  for (const token of tokens) {
    if (token.kind !== 'option' || !flags.has(token.name)) continue
    own.add(token.index)
    if (token.value !== undefined && !token.inlineValue) own.add(token.index + 1)
  }
  const isOwn = (_: string, index: number) => own.has(index)
  return [args.filter(isOwn), args.filter((_, index) => !own.has(index))]
}

/** @throws UsageError where words are missing, or more than the command takes */
function checkWords({ name, arguments: taken }: Description, words: readonly string[]): void {
  const missing = taken.find(({ optional }, index) => !optional && words[index] === undefined)
  if (missing)
    throw new UsageError(`${name} needs ${wordsOf(missing)}: ${missing.about}; see: ${helpOf(name)}`)
  const most = taken.at(-1)?.several ? Infinity : taken.length
  const surplus = words[most]
  if (surplus === undefined) return
  const takes = taken.length > 0 ? `takes ${taken.map(wordsOf).join(' ')}` : 'takes no arguments'
  throw new UsageError(`${name} ${takes}, and "${surplus}" is too much; see: ${helpOf(name)}`)
}

/** `FILE...`, `[ID]` */
export function wordsOf({ name, optional, several }: Argument): string {
  const word = several ? `${name}...` : name
  return optional ? `[${word}]` : word
}
