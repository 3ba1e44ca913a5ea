import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'
import { defineCommand } from './command.ts'
import { commandLine } from './command-line.ts'
import { UsageError } from './exit.ts'
import { momentOf } from './moment.ts'
import { choice, count, text, toggle, words } from './options.ts'

const run = { code: async () => ({ run: async () => 0 }) }
const print = defineCommand({
  name: 'print',
  about: 'Print',
  arguments: [
    { name: 'PRINTER', about: 'where' },
    { name: 'FILE', about: 'what', several: true },
  ],
  options: {
    out: text('OUT', 'where to', { short: 'o' }),
    force: toggle('whatever is there', 'f'),
    side: choice('which', ['front', 'back']),
    copies: count('how many', 1),
    pages: words('N', 'which pages'),
    ink: { ...toggle('use ink'), negatable: true },
  },
  ...run,
})
const list = defineCommand({ name: 'list', about: 'List', arguments: [], options: {}, ...run })
const create = defineCommand({ name: 'keys create', about: 'Make', arguments: [], options: {}, ...run })

describe('the arguments of a command', () => {
  it('are split into words and options, in any order', () => {
    const given = [
      'lp',
      '-o',
      'b',
      'a.pdf',
      '--force',
      '--pages',
      '1,2',
      '--pages=7',
      '-',
      '--server=http://x',
      '-qv',
      '--',
      '-c.pdf',
    ]
    const { values, words: found, common } = readArguments(print, given)
    expect(found).toEqual(['lp', 'a.pdf', '-', '-c.pdf'])
    expect(values).toEqual({
      out: 'b',
      force: true,
      side: undefined,
      copies: 1,
      pages: ['1', '2', '7'],
      ink: false,
    })
    expect(common).toEqual({ server: 'http://x', json: false, quiet: true, verbose: true, help: false })
  })

  it.each([
    [['--speed', '3'], 'print has no option --speed; see: pdf-smaller print --help'],
    [['--cop', '3'], 'print has no option --cop; did you mean --copies?'],
    [['-x'], 'print has no option -x; see: pdf-smaller print --help'],
    [['-hut.pdf'], 'a file of such a name is given as ./-hut.pdf'],
    [['-o'], '-o needs a value: -o OUT; see: pdf-smaller print --help'],
    [['--out', '--force'], '--out needs a value'],
    [['--force=yes'], '--force takes no value'],
    [['--no-force'], 'print has no option --no-force'],
    [['--side', 'middle'], '--side takes front|back, not "middle"'],
    [['--copies', '0'], '--copies takes a number from 1, not "0"'],
    [['--copies', '1e3'], '--copies takes a number from 1, not "1e3"'],
    [[], 'print needs PRINTER: where'],
    [['lp'], 'print needs FILE...: what'],
  ])('are refused: %j', (given, message) => {
    const read = () => readArguments(print, given)
    expect(read).toThrow(UsageError)
    expect(read).toThrow(message)
  })

  it('are refused by name where there are too many', () => {
    expect(() => readArguments(list, ['now'])).toThrow('list takes no arguments, and "now" is too much')
  })

  it('that only the command knows are handed on', () => {
    const open = { ...print, arguments: print.arguments.slice(0, 1), takesOthers: true as const }
    const read = readArguments(open, ['lp', 'a', '--engine', 'rules', '-o', 'b', '--exports=csv', '--json'])
    expect(read).toMatchObject({ words: ['lp'], values: { out: 'b' }, common: { json: true } })
    expect(read.others).toEqual(['a', '--engine', 'rules', '--exports=csv'])
  })
})

describe('a command line', () => {
  const line = (...args: string[]) => commandLine(args, [print, list, create])

  it.each([
    [['list', '--json'], { name: 'list', rest: ['--json'] }],
    [
      ['--server', 'http://x', '-q', 'list', 'a'],
      { name: 'list', server: 'http://x', rest: ['--server', 'http://x', '-q', 'a'] },
    ],
    [['list', '--server=http://x'], { name: 'list', server: 'http://x' }],
    [['print', '--copies', '3', '--server', 'http://x'], { name: 'print', server: 'http://x' }],
    [['list', '--', '--server', 'http://x'], { name: 'list', server: undefined }],
    [['keys', 'create', '--json'], { name: 'keys create', rest: ['--json'] }],
    [['keys'], { name: 'keys' }],
    [['keys', 'crate'], { name: 'keys crate' }],
    [['-h'], { name: undefined, help: true }],
    [['print', '-hut.pdf'], { name: 'print', help: false }],
    [['print', '-oh.pdf'], { name: 'print', help: false }],
    [['--version', '--json'], { version: true }],
    [['list', '--version'], { version: false }],
    [[], { name: undefined, help: false }],
  ])('%j names its command', (args, expected) => {
    expect(line(...args)).toMatchObject(expected)
  })

  it.each(['--server', '-q --server', '--server --json'])(
    'says which option lacks its value where there is no command either: %s',
    (given) => {
      const args = given.split(' ')
      expect(() => line(...args)).toThrow(UsageError)
      expect(() => line(...args)).toThrow('--server needs a value: --server URL; see: pdf-smaller --help')
      expect(line('--help', ...args)).toMatchObject({ help: true })
    },
  )

  it('has only options of every command before that', () => {
    expect(() => line('--copies', '3', 'print')).toThrow('--copies stands before the command')
  })
})

it.each([
  ['2026-11-01', '2026-11-01T00:00:00.000Z'],
  ['2026-11-01 08:30', '2026-11-01T08:30:00.000Z'],
  ['2026-11-01T08:30:05+01:00', '2026-11-01T07:30:05.000Z'],
  ['90m', '2026-01-01T10:30:00.000Z'],
  ['7d', '2025-12-25T12:00:00.000Z'],
  ['yesterday', undefined],
  ['2026-13-01', undefined],
  ['7', undefined],
])('the moment %s is %s', (given, expected) => {
  expect(momentOf(given, Date.parse('2026-01-01T12:00:00Z'))?.toISOString()).toBe(expected)
})
