import { loadConfig } from '@pdf-smaller/platform'
import { expect, it } from 'vitest'
import { workerSettings } from './settings.ts'

const memory = (value: string) =>
  loadConfig(workerSettings, { PDF_SMALLER_TASK_MEMORY_MB: value }).TASK_MEMORY_MB

it('gives all tasks the same memory, but for those that are named', () => {
  expect(memory('512,ocr=1024,extract-text=64')).toEqual({
    usual: 512 * 2 ** 20,
    of: new Map([
      ['ocr', 1024 * 2 ** 20],
      ['extract-text', 64 * 2 ** 20],
    ]),
  })
})

it.each(['a', '1,', '1,ocr', '-1'])('does not take %j for the memory of tasks', (value) => {
  expect(() => memory(value)).toThrow('a number of megabytes')
})
