import { type Description, flat, type Program } from '../program/description.ts'
import { commonOptions } from '../program/common-options.ts'
import { version } from '../program/version.ts'
import { aboutArgument, type Entry, exitEntries, optionEntries, usageOf, wrapped } from './help.ts'

const widestLine = 70

/** What is read from the environment, beside the settings of a system that is started. */
const environment: Entry[] = [
  ['PDF_SMALLER_URL', 'the service to use, where --server names none'],
  ['PDF_SMALLER_API_KEY', 'the key to use it with'],
  ['PDF_SMALLER_API_KEY_FILE', 'a file that holds the key'],
  ['NO_COLOR', 'no colours, whatever the terminal shows'],
]

/** The manual page, by the macros of man(7), which every system has. */
export function manual(program: Program): string {
  return [
    `.TH PDF\\-SMALLER 1 "" "pdf\\-smaller ${version}" "User Commands"`,
    '.SH NAME',
    'pdf\\-smaller \\- make PDFs smaller, read, split, merge and extract from them',
    '.SH SYNOPSIS',
    '.B pdf\\-smaller',
    '\\fITASK\\fR \\fIFILE\\fR... [\\fB\\-o\\fR \\fIOUT\\fR] [\\fIoptions\\fR]',
    '.br',
    '.B pdf\\-smaller',
    '\\fICOMMAND\\fR ... [\\fIoptions\\fR]',
    '.SH DESCRIPTION',
    'A command line for the PDF Smaller service.',
    'Tasks work on files of this machine and write their results beside them, or where \\fB\\-o\\fR says;',
    'where no service runs and none is named, a task starts one for itself alone.',
    'Results are written to standard output, progress and failures to standard error.',
    '.SH OPTIONS OF EVERY COMMAND',
    ...list(optionEntries(commonOptions)),
    ...program.flatMap(({ title, commands }) => [`.SH ${title.toUpperCase()}`, ...commands.flatMap(section)]),
    '.SH EXIT STATUS',
    ...list(exitEntries),
    '.SH ENVIRONMENT',
    ...list(environment),
    '.SH EXAMPLES',
    ...examples(program),
    '',
  ].join('\n')
}

function section(command: Description): string[] {
  const { name, about, more = [], arguments: taken, options, json } = command
  const entries = [...taken.map((one): Entry => [one.name, aboutArgument(one)]), ...optionEntries(options)]
  const paragraphs = [`${about}.`, ...more, ...(json ? [`With --json: ${json}`] : [])]
  return [
    `.SS ${escaped(name)}`,
    escaped(usageOf(command)),
    ...paragraphs.flatMap((text) => ['.PP', line(text)]),
    ...list(entries),
  ]
}

const list = (entries: readonly Entry[]): string[] =>
  entries.flatMap(([term, about]) => ['.TP', `.B ${escaped(term)}`, line(about)])

const examples = (program: Program): string[] =>
  flat(program).flatMap(({ examples: own = [] }) =>
    own.flatMap(([command, about]) => [
      '.PP',
      '.nf',
      line(`pdf-smaller ${command}${about && `   # ${about}`}`),
      '.fi',
    ]),
  )

/** A text that begins no request, in lines as the format likes them. */
const line = (text: string) =>
  wrapped(text, widestLine)
    .map((part) => escaped(part).replace(/^([.'])/, '\\&$1'))
    .join('\n')

/** Backslashes and hyphens as they are meant, and characters that old formatters do not know. */
const escaped = (text: string) =>
  text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('…', '...').replaceAll('"', '\\(dq')
