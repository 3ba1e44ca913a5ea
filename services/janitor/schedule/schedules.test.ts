import { expect, it } from 'vitest'
import { lastDue } from './schedules.ts'

const minute = 60_000
const hour = 60 * minute

it.each([
  ['2026-03-01T02:00:00.000Z', 24 * hour, 2 * hour, '2026-03-01T02:00:00.000Z'],
  ['2026-03-01T01:59:59.999Z', 24 * hour, 2 * hour, '2026-02-28T02:00:00.000Z'],
  ['2026-03-01T23:59:59.999Z', 24 * hour, 2 * hour, '2026-03-01T02:00:00.000Z'],
  ['2026-03-01T10:29:59.000Z', 30 * minute, 0, '2026-03-01T10:00:00.000Z'],
  ['2026-03-01T10:30:00.000Z', 30 * minute, 0, '2026-03-01T10:30:00.000Z'],
  ['2026-03-01T10:34:59.999Z', 5 * minute, 0, '2026-03-01T10:30:00.000Z'],
])('at %s a task of every %i ms, %i ms after midnight, was due last at %s', (now, everyMs, afterMs, due) => {
  expect(lastDue({ everyMs, afterMs }, new Date(now)).toISOString()).toBe(due)
})
