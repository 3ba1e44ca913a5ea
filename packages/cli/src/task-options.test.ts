import type { TaskDescription } from '@pdf-smaller/client/node'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { catalogue } from '@pdf-smaller/gateway/catalogue'
import { ownFlags } from './commands/run-task.ts'
import { UsageError } from './exit.ts'
import { commonFlags, readFlags } from './flags.ts'
import { flagOf, optionFlags, optionHelp, optionsGiven } from './task-options.ts'

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
    megabytes: { type: 'number', maximum: 10_000 },
    parts: { type: 'integer', minimum: 2, maximum: Number.MAX_SAFE_INTEGER },
  },
}

const given = (...args: string[]) =>
  optionsGiven(options, readFlags('compress', args, optionFlags(options)).values)

describe('the options of a task', () => {
  it.each([
    [['--level', 'high'], { level: 'high' }],
    [['--level=3'], { level: 3 }],
    [['--dpi', '150', '--scale', '0.5'], { dpi: 150, scale: 0.5 }],
    [['--dpi', '9999'], { dpi: 9999 }],
    [['--keep-metadata'], { keepMetadata: true }],
    [['--no-keep-metadata'], { keepMetadata: false }],
    [['--languages', 'deu,eng'], { languages: ['deu', 'eng'] }],
    [['--languages', 'deu', '--languages', 'eng'], { languages: ['deu', 'eng'] }],
    [['--format', 'pdf'], { format: 'pdf' }],
    [['--pages', '1-3'], { pages: '1-3' }],
    [['a.pdf'], {}],
  ])('get the types that the task wants: %j', (args, expected) => {
    expect(given(...args)).toEqual(expected)
  })

  it.each([
    [['--level', 'middle'], '--level takes low|high or 1-9, not "middle"'],
    [['--dpi', 'many'], '--dpi takes 36-600, not "many"'],
    [['--dpi', ''], '--dpi takes 36-600, not ""'],
    [['--scale', '1,5'], '--scale takes number, not "1,5"'],
    [['--languages', 'deu,fra'], '--languages takes deu|eng, not "fra"'],
    [['--format', 'png'], '--format takes "pdf", not "png"'],
    [['--keepMetadata'], 'compress has no option --keepMetadata'],
  ])('are refused: %j', (args, message) => {
    expect(() => given(...args)).toThrow(UsageError)
    expect(() => given(...args)).toThrow(message)
  })

  it('are told with their values and defaults', () => {
    expect(optionHelp(options).map((line) => line.trim().replaceAll(/ +/g, ' '))).toEqual([
      '--level low|high or 1-9 How strong (low by default)',
      '--dpi 36-600',
      '--scale number (1.5 by default)',
      '--[no-]keep-metadata',
      '--languages deu|eng,…',
      '--format "pdf"',
      '--pages string',
      '--megabytes up-to-10000',
      '--parts 2-or-more',
    ])
  })
})

describe.each(catalogue)('$name', ({ options }) => {
  const schema = z.object({ properties: z.record(z.string(), z.object({ default: z.unknown().optional() })) })
  const { properties } = schema.parse(z.toJSONSchema(options, { io: 'input' }))

  it('has no option that is named like a flag of the command', () => {
    const own = Object.keys({ ...commonFlags, ...ownFlags })
    expect(
      Object.keys(properties)
        .map(flagOf)
        .filter((flag) => own.includes(flag)),
    ).toEqual([])
  })
})
