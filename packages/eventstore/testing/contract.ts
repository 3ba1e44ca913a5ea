import { describe } from 'vitest'
import { appendsEvents } from './appends.ts'
import { closes } from './closing.ts'
import { decides } from './decisions.ts'
import { readsEvents } from './reads.ts'
import type { OpenSubject } from './subject.ts'
import { givesEventsOut } from './subscriptions.ts'

/** What every event store must do, whatever is behind it. */
export function describeContract(openSubject: OpenSubject): void {
  describe('appends events', () => appendsEvents(openSubject))
  describe('decides', () => decides(openSubject))
  describe('reads events', () => readsEvents(openSubject))
  describe('gives events out', () => givesEventsOut(openSubject))
  describe('closes', () => closes(openSubject))
}
