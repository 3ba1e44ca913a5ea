import { afterEach, expect, it, vi } from 'vitest'
import { keptSteps, setSteps, tasksAfter } from './steps.ts'

const step = { jobId: 'one', task: 'ocr' }
afterEach(() => {
  vi.unstubAllGlobals()
})

it.each([
  ['keeps nothing', { getItem: () => null }],
  ['is full', { getItem: () => JSON.stringify([{ jobId: 'another', task: 'merge' }]) }],
])('keeps steps as long as the page where the browser %s', (_, { getItem }) => {
  const setItem = () => {
    throw new DOMException('too much', 'QuotaExceededError')
  }
  vi.stubGlobal('localStorage', { getItem, setItem })
  setSteps([step])
  expect(keptSteps()).toEqual([step])
  expect(tasksAfter('one')).toEqual(['ocr'])
})
