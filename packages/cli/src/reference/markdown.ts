import type { Description, Program } from '../program/description.ts'
import { commonOptions } from '../program/common-options.ts'
import { aboutArgument, type Entry, exitEntries, optionEntries, usageOf } from './help.ts'

/** All commands as a document, from what help is made of. */
export function reference(program: Program): string {
  return [
    '## Commands',
    '',
    ...program.flatMap(({ title, commands }) => [`### ${title}`, '', ...commands.flatMap(section)]),
    '## Options of every command',
    '',
    'They may stand before the command, too.',
    '',
    ...entryTable(optionEntries(commonOptions)),
    '## Exit codes',
    '',
    ...entryTable(exitEntries),
  ].join('\n')
}

function section(command: Description): string[] {
  const { name, about, more = [], arguments: taken, options, json, examples = [] } = command
  const entries = [...taken.map((one): Entry => [one.name, aboutArgument(one)]), ...optionEntries(options)]
  return [
    `#### ${name}`,
    '',
    '```',
    usageOf(command),
    '```',
    '',
    [`${about}.`, ...more].join(' '),
    '',
    ...entryTable(entries),
    ...(json ? [`\`--json\`: ${json}`, ''] : []),
    ...(examples.length > 0
      ? [
          '```sh',
          ...examples.map(([line, what]) => `pdf-smaller ${line}${what && `   # ${what}`}`),
          '```',
          '',
        ]
      : []),
  ]
}

function entryTable(entries: readonly Entry[]): string[] {
  if (entries.length === 0) return []
  const cell = (text: string) => text.replaceAll('|', '\\|')
  return [
    '|  |  |',
    '| --- | --- |',
    ...entries.map(([term, about]) => `| \`${cell(term)}\` | ${cell(about)} |`),
    '',
  ]
}
