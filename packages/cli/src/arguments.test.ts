import { describe, expect, it } from 'vitest'
import { describeOptions, parseArguments, taskOptions } from './arguments.ts'
import { UsageError } from './usage.ts'

const task = {
  name: 'compress',
  domain: 'compression',
  title: 'Make a PDF smaller',
  inputs: { min: 1, max: 1, contentTypes: ['application/pdf'] },
  stages: [],
  options: {
    required: [],
    properties: {
      level: { enum: ['low', 'high'], default: 'low', description: 'How strong' },
      dpi: { type: 'integer', minimum: 36, maximum: 600 },
      grayscale: { type: 'boolean' },
    },
  },
}

describe('the command line', () => {
  it('is split into command, files and flags', () => {
    const parsed = parseArguments([
      'compress',
      'a.pdf',
      '-o',
      'b.pdf',
      '--level=high',
      '--force',
      '--',
      '-c.pdf',
    ])
    expect(parsed.command).toBe('compress')
    expect(parsed.rest).toEqual(['a.pdf', '-c.pdf'])
    expect(Object.fromEntries(parsed.flags)).toEqual({ output: 'b.pdf', level: 'high', force: 'true' })
  })

  it.each([[['compress', '-x']], [['compress', '--level']]])('refuses %j', (given) => {
    expect(() => parseArguments(given)).toThrow(UsageError)
  })

  it('gives a task its options with their types', () => {
    const flags = new Map([
      ['level', 'high'],
      ['dpi', '150'],
      ['grayscale', 'true'],
      ['output', 'b.pdf'],
    ])
    expect(taskOptions(task, flags, ['output'])).toEqual({ level: 'high', dpi: 150, grayscale: true })
  })

  it.each([
    ['dpi', 'many'],
    ['dpi', ''],
    ['grayscale', 'yes'],
    ['unknown', '1'],
  ])('refuses --%s %j', (flag, value) => {
    expect(() => taskOptions(task, new Map([[flag, value]]), [])).toThrow(UsageError)
  })

  it("lists a task's options", () => {
    expect(describeOptions(task)).toContain('--level low|high')
    expect(describeOptions(task)).toContain('--dpi integer 36-600')
  })
})
