import { files, handles } from './brought.ts'
import { entries, insert } from './entries.ts'
import { afterReload, type Entry, isUntaken } from './entry.ts'
import type { Kept } from './kept.ts'

/** Shows what the browser has kept, and is not here yet. @returns what is here now */
export function bringBack(kept: readonly Kept[], isOwn: (entry: Entry) => boolean): Entry[] {
  const here = new Set(entries.peek().map(({ id }) => id))
  const own = kept.filter(({ entry }) => isOwn(entry) && !here.has(entry.id))
  const before = own.map(({ entry, file, handle }) => {
    if (file) files.set(entry.id, { file })
    if (handle) handles.set(entry.id, handle)
    return afterReload(entry, file !== undefined)
  })
  insert(before)
  return before
}

/** Gives a key that the server has accepted what was nobody's; its name is still worked out. */
export function claimUntaken(): void {
  entries.value = entries.peek().map((entry) => (isUntaken(entry) ? claimed(entry) : entry))
}

/** Whatever was refused for want of a key is sent anew. */
function claimed(entry: Entry): Entry {
  const isRefused = entry.way.kind === 'refused' && files.has(entry.id)
  return { ...entry, owner: undefined, way: isRefused ? { kind: 'waiting' } : entry.way }
}
