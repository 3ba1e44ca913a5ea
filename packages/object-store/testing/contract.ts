import { describe } from 'vitest'
import { knowsKeys } from './keys.ts'
import { storesObjects } from './puts.ts'
import { readsObjects } from './reads.ts'
import type { OpenSubject } from './subject.ts'

/** What every object store must do, whatever is behind it. */
export function describeContract(openSubject: OpenSubject): void {
  describe('stores objects', () => storesObjects(openSubject))
  describe('reads objects', () => readsObjects(openSubject))
  describe('knows keys', () => knowsKeys(openSubject))
}
