import { files, handles } from './brought.ts'
import { change, entryOf } from './entries.ts'
import type { Entry, Way } from './entry.ts'
import { type Keeping, openKeeping } from './kept.ts'
import { say } from './tabs.ts'

let opened: Keeping | undefined

/** What the browser keeps of the queue; it is opened when it is first asked. */
export const keeping = (): Keeping => (opened ??= openKeeping())

export const setWay = (id: string, way: Way) => changeAndKeep(id, { way })

/** Resolves when the browser has it. */
export async function changeAndKeep(id: string, changes: Partial<Entry>): Promise<void> {
  change(id, changes)
  const entry = entryOf(id)
  if (entry?.owner === undefined) return
  say({ kind: 'changed', id, changes })
  await keep(entry)
}

/** Keeps it for a later visit, once it is known whose it is. */
export async function keep(entry: Entry): Promise<void> {
  if (entry.owner === undefined) return
  const { file, handle = handles.get(entry.id) } = files.get(entry.id) ?? {}
  await keeping().put({ entry, file, handle })
}
