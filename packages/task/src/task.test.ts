import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openProgress } from './stages.ts'
import { codeByName, codeOf, defineTask, usualLimits } from './task.ts'

const letter = {
  name: 'letter',
  domain: 'testing',
  title: 'Write a letter',
  inputs: { min: 1, max: 1, contentTypes: ['application/pdf'] },
  options: z.strictObject({ level: z.int() }).refine(({ level }) => level > 0),
  result: z.object({ bytes: z.int() }),
  stages: [
    { name: 'reading', weight: 40 },
    { name: 'writing', weight: 60 },
  ],
  limits: usualLimits,
  inWorker: true,
} as const

describe('a task that reads PDFs', () => {
  it('has an option besides its own, whether they are to be sound', () => {
    const { options } = defineTask(letter)
    expect(options.safeParse({ level: 1, strict: true }).success).toBe(true)
    expect(options.safeParse({ level: 0, strict: true }).success).toBe(false)
    expect(options.safeParse({ level: 1, strict: 'yes' }).success).toBe(false)
  })

  it('tells in its result what was mended', () => {
    const whole = { bytes: 1, repairs: [{ name: 'letter.pdf', mended: ['a'] }] }
    expect(defineTask(letter).result.parse(whole)).toEqual(whole)
  })
})

it('has no such option where it reads none', () => {
  const { options } = defineTask({ ...letter, inputs: { ...letter.inputs, contentTypes: ['text/plain'] } })
  expect(options.safeParse({ level: 1, strict: true }).success).toBe(false)
})

it('is not declared with stages that are more or less than the whole', () => {
  const stages = [{ name: 'reading', weight: 99 }]
  expect(() => defineTask({ ...letter, stages })).toThrow('the stages of letter weigh 99, not 100')
})

it('goes through its stages by their weights, and never back', () => {
  const progressOf = openProgress(letter.stages, 2)
  expect(progressOf('reading', 1, 2, 'page 1')).toEqual({
    attempt: 2,
    percentage: 20,
    stage: 'reading',
    current: 1,
    total: 2,
    message: 'page 1',
  })
  expect(progressOf('writing', 1, 2).percentage).toBe(70)
  expect(progressOf('reading', 1, 2).percentage).toBe(70)
  expect(progressOf('writing', 9, 2).percentage).toBe(100)
  expect(() => progressOf('painting', 0, 1)).toThrow('the task has no stage painting')
})

it('has its code from its service where it runs in the worker', async () => {
  const task = defineTask(letter)
  const work = async () => ({ run: async () => ({ outputs: [], result: { bytes: 1 } }) })
  expect(codeByName([task], [codeOf(task, work)]).get('letter')).toBe(work)
  expect(() => codeByName([task], [])).toThrow('its service gives no code for letter')
  const { inWorker: _, ...hosted } = task
  expect(codeByName([{ ...hosted, code: work }], []).size).toBe(0)
})
