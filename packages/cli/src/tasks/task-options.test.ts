import type { TaskDescription } from '@pdf-smaller/client/node'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { catalogue } from '@pdf-smaller/gateway/catalogue'
import { flagOf, splitArguments, valuesOf } from '../program/arguments.ts'
import { commonOptions } from '../program/common-options.ts'
import { UsageError } from '../program/exit.ts'
import { optionEntries } from '../reference/help.ts'
import { ownOptions } from './own-options.ts'
import { bytesIn, size } from './size.ts'
import { optionsGiven, taskOptions } from './task-options.ts'

const options: TaskDescription['options'] = {
  required: [],
  properties: {
    level: {
      anyOf: [
        { type: 'string', enum: ['low', 'high'] },
        { type: 'integer', minimum: 1, maximum: 9 },
      ],
      default: 'low',
      description: 'How strong',
    },
    dpi: { type: 'integer', minimum: 36, maximum: 600 },
    scale: { type: 'number', default: 1.5 },
    keepMetadata: { type: 'boolean' },
    languages: { type: 'array', items: { type: 'string', enum: ['deu', 'eng'] } },
    format: { const: 'pdf' },
    pages: { type: 'string' },
    targetBytes: { type: 'integer', minimum: 1000 },
    megabytes: { type: 'number', maximum: 10_000 },
    parts: { type: 'integer', minimum: 2, maximum: Number.MAX_SAFE_INTEGER },
  },
}

const known = taskOptions(options)
const given = (...args: string[]) =>
  optionsGiven(options, valuesOf(known, splitArguments(args, known, 'compress')))

describe('the options of a task', () => {
  it.each([
    [['--level', 'high'], { level: 'high' }],
    [['--level=3'], { level: 3 }],
    [['--dpi', '150', '--scale', '0.5'], { dpi: 150, scale: 0.5 }],
    [['--keep-metadata'], { keepMetadata: true }],
    [['--no-keep-metadata'], { keepMetadata: false }],
    [['--languages', 'deu,eng'], { languages: ['deu', 'eng'] }],
    [['--languages', 'deu', '--languages', 'eng'], { languages: ['deu', 'eng'] }],
    [['--format', 'pdf'], { format: 'pdf' }],
    [['--pages', '1-3'], { pages: '1-3' }],
    [['--target-bytes', '2MB'], { targetBytes: 2_000_000 }],
    [['--target-bytes', '1.5 MiB'], { targetBytes: 1_572_864 }],
    [['--target-bytes', '12345'], { targetBytes: 12_345 }],
    [['--megabytes', '500kB'], { megabytes: 0.5 }],
    [['--megabytes', '7'], { megabytes: 7 }],
    [['a.pdf'], {}],
  ])('get the types that the task wants: %j', (args, expected) => {
    expect(given(...args)).toEqual(expected)
  })

  it.each([
    [['--level', 'middle'], '--level takes low|high|1-9, not "middle"'],
    [['--dpi', 'many'], '--dpi takes 36-600, not "many"'],
    [['--dpi', '9999'], '--dpi takes 36-600, not "9999"'],
    [['--dpi', '36.5'], '--dpi takes 36-600, not "36.5"'],
    [['--target-bytes', '1 B'], '--target-bytes takes a size such as 2MB, not "1 B"'],
    [['--target-bytes', 'large'], '--target-bytes takes a size such as 2MB, not "large"'],
    [['--dpi', ''], '--dpi takes 36-600, not ""'],
    [['--scale', '1,5'], '--scale takes NUMBER, not "1,5"'],
    [['--languages', 'deu,fra'], '--languages takes deu|eng,…, not "fra"'],
    [['--format', 'png'], '--format takes pdf, not "png"'],
    [['--keepMetadata'], 'compress has no option --keepMetadata; did you mean --keep-metadata?'],
  ])('are refused: %j', (args, message) => {
    expect(() => given(...args)).toThrow(UsageError)
    expect(() => given(...args)).toThrow(message)
  })

  it('are told with their values and defaults', () => {
    expect(optionEntries(known)).toEqual([
      ['--level low|high|1-9', 'How strong (low by default)'],
      ['--dpi 36-600', ''],
      ['--scale NUMBER', ' (1.5 by default)'],
      ['--[no-]keep-metadata', ''],
      ['--languages deu|eng,…', ''],
      ['--format pdf', ''],
      ['--pages TEXT', ''],
      ['--target-bytes SIZE', ''],
      ['--megabytes SIZE', ''],
      ['--parts 2-or-more', ''],
    ])
  })
})

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.00 kB'],
  [12_345, '12.3 kB'],
  [3_000_000_000, '3.00 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text)
  expect(Math.abs((bytesIn(text) ?? 0) - bytes)).toBeLessThanOrEqual(bytes * 0.005)
})

it.each(['', '5', '1.5', 'MB', '-1MB', '1e3kB', '1TB', '2 MB 3'])('"%s" is no size with a unit', (text) => {
  expect(bytesIn(text)).toBeUndefined()
})

describe.each(catalogue)('$name', ({ options }) => {
  const schema = z.object({ properties: z.record(z.string(), z.object({ default: z.unknown().optional() })) })
  const { properties } = schema.parse(z.toJSONSchema(options, { io: 'input' }))

  it('has no option that is named like a flag of the command', () => {
    const own = Object.keys({ ...commonOptions, ...ownOptions })
    expect(
      Object.keys(properties)
        .map(flagOf)
        .filter((flag) => own.includes(flag)),
    ).toEqual([])
  })
})
