import { expect, it } from 'vitest'
import { openQueue } from './queue.ts'

const now = new Date('2026-03-01T12:00:00.000Z')
const ago = (ms: number) => new Date(now.getTime() - ms).toISOString()
const waitOf = (queue: ReturnType<typeof openQueue>, queuedBy: number, waitedMs = 5000) =>
  queue.waitOf({ queuedBy, queuedAt: ago(waitedMs) }, 100, now)

it('adds up what stands before a job, and takes jobs of unknown length for as long as it is', () => {
  const queue = openQueue()
  queue.put('running', { queuedBy: 1, startedAt: ago(300), expectedMs: 1000 })
  queue.put('known', { queuedBy: 2, expectedMs: 500 })
  queue.put('unknown', { queuedBy: 3, expectedMs: undefined })
  expect(waitOf(queue, 2)).toBe(700)
  expect(waitOf(queue, 3)).toBe(1200)
  expect(waitOf(queue, 4)).toBe(1300)
  queue.remove('known')
  expect(waitOf(queue, 4)).toBe(800)
  queue.put('unknown', { queuedBy: 3, startedAt: ago(0), expectedMs: 400 })
  expect(waitOf(queue, 4)).toBe(400)
})

it('knows a free worker for a job that has only just come', () => {
  const queue = openQueue()
  queue.put('a', { queuedBy: 1, startedAt: ago(0), expectedMs: 1000 })
  queue.put('b', { queuedBy: 2, startedAt: ago(0), expectedMs: 1000 })
  expect(waitOf(queue, 3, 0)).toBe(1000)
  queue.remove('a')
  expect(waitOf(queue, 3, 0)).toBe(0)
  expect(waitOf(queue, 3, 2000)).toBe(1000)
})
