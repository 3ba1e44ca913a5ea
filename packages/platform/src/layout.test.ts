import { createHash } from 'node:crypto'
import { domains } from '@pdf-smaller/contracts'
import { expect, it } from 'vitest'
import { edition, systemLayout } from './layout.ts'

it('what the step makes changes with the version of the layout alone', () => {
  const { streams, consumers } = systemLayout({ RETRY_PACE: 1 })
  // Of domains there may be more: those who know of none miss nothing.
  const [first] = domains
  const shared = consumers.filter(
    ({ name, stream }) => name === first || stream !== 'JOBS' || !isDomain(name),
  )
  const digest = createHash('sha256')
    .update(JSON.stringify([streams, shared]))
    .digest('hex')
    .slice(0, 12)
  // Services of one layout refuse streams that are not as they know them: where this differs, raise `edition.version`.
  expect([edition.version, digest]).toEqual([3, '33ea919e07de'])
})

const isDomain = (name: string) => domains.some((domain) => domain === name)

it('a deployment decides about copies, the time that events are kept, and the waits for silent workers', () => {
  const usual = systemLayout({ RETRY_PACE: 1 })
  const told = systemLayout({ RETRY_PACE: 0.5, NATS_REPLICAS: 3, EVENT_RETENTION_DAYS: 50 })
  const [events, ...beside] = told.streams
  expect(events).toMatchObject({ max_age: 50 * 86_400 * 1e9, num_replicas: 3 })
  for (const stream of beside) expect(stream.num_replicas).toBe(3)
  expect(beside.map(({ max_age }) => max_age)).toEqual(usual.streams.slice(1).map(({ max_age }) => max_age))
  expect(usual.streams[0]).not.toHaveProperty('max_age')
  expect(usual.streams[0]?.atFirst).toEqual({ max_age: 400 * 86_400 * 1e9, num_replicas: 1 })
  const waits = (of: typeof told) => of.consumers.find(({ name }) => name === 'compression')?.backoffMs
  expect(waits(told)).toEqual(waits(usual)?.map((ms) => ms / 2))
})
