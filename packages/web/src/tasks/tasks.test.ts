import { catalogue } from '@pdf-smaller/gateway/catalogue'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { Estimate, Task } from '../api/task.ts'
import type { Entry } from '../queue/entry.ts'
import { dueEstimate, type Estimates, expectedAt } from './expected.ts'
import { fieldsOf, optionsOf } from './fields.ts'
import { idempotencyKey } from './key.ts'
import { following, hindrance, jobsOf, offered, togetherTask } from './plan.ts'
import { arranged } from './usual.ts'

const tasks = catalogue.map(({ name, title, inputs, outputs, options }): Task => ({
  name,
  title,
  inputs: { ...inputs, contentTypes: [...inputs.contentTypes] },
  ...(outputs && { outputs: [...outputs] }),
  options: z.toJSONSchema(options, { io: 'input' }),
}))
const taskNamed = (name: string) => tasks.find((task) => task.name === name) ?? expect.unreachable(name)
const pdf = { name: 'a.pdf', contentType: 'application/pdf' }
const png = { name: 'b.png', contentType: 'image/png' }

it('asks for every option of every task, with its default', () => {
  for (const { name, options } of tasks) {
    const { properties } = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(options)
    expect([name, fieldsOf(options).map((field) => field.name)]).toEqual([name, Object.keys(properties)])
  }
  const [level] = fieldsOf(taskNamed('compress').options)
  expect(level).toMatchObject({
    name: 'level',
    control: { kind: 'choice', values: ['low', 'medium', 'high', 'maximum'] },
    fallback: 'medium',
  })
})

it('sends what differs from the defaults, and that is what the task takes', () => {
  const fields = fieldsOf(taskNamed('ocr').options)
  const said = { languages: ['deu', 'eng'], deskew: true, mode: 'skip', pages: '' }
  expect(optionsOf(fields, said)).toEqual({ languages: ['deu', 'eng'], deskew: true })
  const task = catalogue.find(({ name }) => name === 'ocr')
  expect(task?.options.safeParse(optionsOf(fields, said)).success).toBe(true)
})

it('shows the usual options first, and those that mean something beside what was said', () => {
  const fields = fieldsOf(taskNamed('split').options)
  const shownBy = (by: string) => arranged('split', fields, { by }).shown.map(({ name }) => name)
  expect(shownBy('every')).toEqual(['by', 'every'])
  expect(shownBy('ranges')).toEqual(['by', 'ranges'])
  const { shown, folded } = arranged('split', fields, { by: 'blank' })
  expect(shown.map(({ name }) => name)).toEqual(['by'])
  expect(folded.map(({ name }) => name)).toContain('signed')
})

it('offers what people do with files', () => {
  const names = offered(tasks).map(({ name }) => name)
  expect(names.slice(0, 2)).toEqual(['compress', 'ocr'])
  expect(names).not.toContain('health-check')
  expect(names).not.toContain(togetherTask('compress'))
})

it('makes a batch, one job, or both of files', () => {
  expect(jobsOf(taskNamed('compress'), [pdf, pdf])).toEqual([[pdf], [pdf]])
  expect(jobsOf(taskNamed('merge'), [pdf, png])).toEqual([[pdf, png]])
  // A PDF is read by itself; pictures of pages are one document.
  expect(jobsOf(taskNamed('ocr'), [png, pdf, png])).toEqual([[pdf], [png, png]])
})

it('says why files cannot be given to a task', () => {
  expect(hindrance(taskNamed('compress'), [png])).toEqual({ kind: 'other files', name: 'b.png' })
  expect(hindrance(taskNamed('merge'), [pdf])).toEqual({ kind: 'too few', min: 2 })
  expect(
    hindrance(
      taskNamed('bulk-compress'),
      Array.from({ length: 201 }, () => pdf),
    ),
  ).toEqual({
    kind: 'too many',
    max: 200,
  })
  expect(hindrance(taskNamed('compress'), [{ name: 'unknown', contentType: '' }])).toBeUndefined()
})

it('goes on with the result of a task that makes a PDF', () => {
  const after = (name: string) => following(taskNamed(name), tasks).map((task) => task.name)
  expect(after('ocr')).toEqual(expect.arrayContaining(['compress', 'split', 'extract-text']))
  expect(after('ocr')).not.toContain('merge')
  expect(after('extract-text')).toEqual([])
})

it('has one key for the same files and options, and none without their hashes', () => {
  const files = [{ name: 'a.pdf', sha256: 'f'.repeat(64) }]
  const key = idempotencyKey({ task: 'compress', options: {}, files })
  expect(key).toMatch(/^[\x21-\x7e]{20,255}$/)
  expect(idempotencyKey({ task: 'compress', options: {}, files })).toBe(key)
  const others = [
    idempotencyKey({ task: 'ocr', options: {}, files }),
    idempotencyKey({ task: 'compress', options: { level: 'high' }, files }),
    idempotencyKey({ task: 'compress', options: {}, files: [{ name: 'b.pdf', sha256: 'f'.repeat(64) }] }),
    idempotencyKey({ task: 'compress', options: {}, files }, 'again'),
  ]
  expect(new Set([key, ...others]).size).toBe(5)
  expect(idempotencyKey({ task: 'compress', options: {}, files: [{ name: 'a.pdf' }] })).toBeUndefined()
})

it('adds up what levels are expected to make of the files that are known', () => {
  const at = (bytes: number) => ({ bytes, least: bytes - 1, most: bytes + 1 })
  const estimate = {
    bytes: 100,
    levels: { low: at(90), medium: at(60), high: at(40), maximum: at(20) },
    warnings: [],
  }
  const entry = (id: string): Entry => ({
    ...pdf,
    id,
    size: 100,
    lastModified: 0,
    at: 0,
    owner: '',
    way: { kind: 'sent', uploadId: id },
  })
  const entries = ['a', 'b', 'c'].map(entry)
  const known: Estimates = new Map<string, Estimate | 'none'>([
    ['a', estimate],
    ['b', 'none'],
  ])
  expect(expectedAt('medium', entries, known)).toEqual({ before: 100, bytes: 60, least: 59, most: 61, of: 1 })
  expect(dueEstimate(entries, known)?.id).toBe('c')
})
