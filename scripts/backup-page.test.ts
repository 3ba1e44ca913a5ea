import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { kept } from '../test/restore/kept.ts'

const page = await readFile(new URL('../docs/operations/backup.md', import.meta.url), 'utf8')
const lists = [...page.matchAll(/for stream in ([A-Z ]+); do nats backup/g)].map(
  ([, names]) => names?.split(' ') ?? [],
)

it('the page on backups names each stream that holds what nothing else tells, that of the events last', () => {
  expect(lists).toHaveLength(2)
  for (const list of lists) {
    expect(list.toSorted()).toEqual(kept.toSorted())
    expect(list.at(-1)).toBe(kept.at(-1))
  }
})
