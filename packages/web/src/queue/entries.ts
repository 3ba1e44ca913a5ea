import { computed, signal } from '@preact/signals'
import { hadSome } from './had-some.ts'
import { type Entry, usableEntries } from './entry.ts'

/** What stands in the queue, in the order in which it came. */
export const entries = signal<readonly Entry[]>([])
/** Those that jobs can be asked for. */
export const usableOnes = computed(() => usableEntries(entries.value))

/** Whether what an earlier visit has left is here. */
export const isOpened = signal(!hadSome())

export const entryOf = (id: string): Entry | undefined => entries.peek().find((each) => each.id === id)

/** Adds entries where they belong. */
export function insert(more: readonly Entry[]): void {
  entries.value = [...entries.peek(), ...more].toSorted((one, other) => one.at - other.at)
}

export function change(id: string, changes: Partial<Entry>): void {
  entries.value = entries.peek().map((entry) => (entry.id === id ? { ...entry, ...changes } : entry))
}
