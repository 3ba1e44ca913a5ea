import { flagOf, wordsOf } from '../program/arguments.ts'
import type { Description, Program } from '../program/description.ts'
import { commonOptions } from '../program/common-options.ts'
import { exitCodes, exitMeanings } from '../program/exit.ts'
import type { Option, Options } from '../program/options.ts'
import { widthOf } from '../screen/fit.ts'

const usualColumns = 100
const widestTerm = 30

/** A term and what there is to say of it. */
export type Entry = readonly [term: string, about: string]

/** The program on one page. */
export function overview(program: Program, columns = usualColumns): string {
  return [
    'Usage: pdf-smaller TASK FILE... [-o OUT] [options]',
    '       pdf-smaller COMMAND ... [options]',
    '',
    '  pdf-smaller compress scan.pdf -o small.pdf',
    '  pdf-smaller compress --target-bytes 2MB *.pdf -o small/',
    '  cat scan.pdf | pdf-smaller compress - > small.pdf',
    '',
    ...program.flatMap(({ title, commands }) => section(title, commands.map(lineOf), columns)),
    ...section('Options of every command', optionEntries(commonOptions), columns),
    'Help on each: pdf-smaller COMMAND --help. All of it on one page: docs/cli.md, or man -l docs/man/pdf-smaller.1',
  ].join('\n')
}

const lineOf = ({ name, about }: Description): Entry => [name, about]

/** The commands of a group, such as those for keys. */
export function groupHelp(name: string, commands: readonly Description[], columns = usualColumns): string {
  return [
    `Usage: pdf-smaller ${name} COMMAND ... [options]`,
    '',
    ...section('Commands', commands.map(lineOf), columns),
  ]
    .join('\n')
    .trimEnd()
}

/** A command with all that it takes. */
export function commandHelp(command: Description, columns = usualColumns): string {
  const { about, more = [], arguments: taken, options, json, examples = [] } = command
  const sections = [
    ...section(
      'Arguments',
      taken.map((one): Entry => [one.name, aboutArgument(one)]),
      columns,
    ),
    ...section('Options', optionEntries(options), columns),
    ...section('Options of every command', optionEntries(commonOptions), columns),
    ...section(
      'Examples',
      examples.map(([line, what]): Entry => [`pdf-smaller ${line}`, what]),
      columns,
    ),
  ]
  return [
    `Usage: ${usageOf(command)}`,
    '',
    ...[`${about}.`, ...more, ...(json ? [`With --json: ${json}`] : [])].flatMap((each) => [
      ...wrapped(each, columns),
      '',
    ]),
    ...sections,
  ]
    .join('\n')
    .trimEnd()
}

/** `pdf-smaller status ID [options]` */
export function usageOf({ name, arguments: taken }: Pick<Description, 'name' | 'arguments'>): string {
  return ['pdf-smaller', name, ...taken.map(wordsOf), '[options]'].join(' ')
}

export const aboutArgument = ({ about, choices }: Description['arguments'][number]) =>
  choices ? `${about}: ${choices.join(', ')}` : about

/** Each option with its letter and its value, and what it is for. */
export function optionEntries(options: Options): Entry[] {
  return Object.entries(options).map(([name, option]): Entry => [termOf(name, option), aboutOption(option)])
}

function termOf(name: string, { short, value, negatable }: Option): string {
  const flag = `--${negatable ? '[no-]' : ''}${flagOf(name)}`
  return [`${short ? `-${short}, ` : ''}${flag}`, value].filter(Boolean).join(' ')
}

function aboutOption({ about, value = '', choices = [], usual }: Option): string {
  const listed = choices.some((each) => !value.includes(each)) ? `: ${choices.join(', ')}` : ''
  return `${about}${listed}${usual === undefined ? '' : ` (${usual} by default)`}`
}

/** Exit codes, for people. */
export const exitEntries: Entry[] = Object.entries(exitMeanings).map(([name, meaning]) => [
  String(Object.entries(exitCodes).find(([each]) => each === name)?.[1]),
  meaning,
])

function section(title: string, entries: readonly Entry[], columns: number): string[] {
  if (entries.length === 0) return []
  const width = Math.max(...entries.map(([term]) => widthOf(term)).filter((each) => each <= widestTerm), 8)
  const lines = entries.flatMap(([term, about]) => {
    const [first = '', ...rest] = wrapped(about, Math.max(30, columns - width - 4))
    const indent = ' '.repeat(width + 4)
    const head = `  ${term}${' '.repeat(Math.max(0, width - widthOf(term)))}  `
    const fits = widthOf(term) <= width
    return [
      (fits ? `${head}${first}` : `  ${term}`).trimEnd(),
      ...(fits ? rest : [first, ...rest]).map((line) => `${indent}${line}`),
    ]
  })
  return [`${title}:`, ...lines, '']
}

/** A text in lines of at most so many columns. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= columns)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
