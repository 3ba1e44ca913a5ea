import type { Trouble } from '../api/trouble.ts'

/** What of a refusal is kept. */
export type Told = Pick<Trouble, 'title' | 'message' | 'code' | 'retryable'>

/** How far a file is on its way to the service. */
export type Way =
  | { kind: 'waiting' }
  /** `since` when, ms since 1970: of two tabs that send it, the first one goes on. */
  | { kind: 'sending'; sent: number; since: number }
  | { kind: 'sent'; uploadId: string }
  | { kind: 'refused'; told: Told }
  /** The page was loaded anew, and the browser has not kept the file: it has to be chosen again. */
  | { kind: 'lost' }
  | { kind: 'stopped' }
  | { kind: 'submitted'; jobId: string }

/** A file that the visitor has brought. */
export type Entry = {
  id: string
  name: string
  size: number
  /** As the browser guesses it, by its name. */
  contentType: string
  lastModified: number
  /** When it was brought, ms since 1970; later for each that came behind another one. */
  at: number
  /** By whose key it was brought, as `ownerOf` names it; empty where the server had accepted none, undefined until the name is worked out. */
  owner: string | undefined
  way: Way
  /** Hexadecimal; absent until it is worked out, and where that fails. */
  sha256?: string | undefined
}

/** Files that are sent at once. */
export const mostAtOnce = 3

/** Entries whose upload is to begin now, in the order in which they came. */
export function dueUploads(entries: readonly Entry[]): Entry[] {
  const sending = entries.filter(({ way }) => way.kind === 'sending').length
  return entries.filter(({ way }) => way.kind === 'waiting').slice(0, Math.max(0, mostAtOnce - sending))
}

/** Entries that jobs can be asked for, now or when they have been sent. */
export const usableEntries = (entries: readonly Entry[]) =>
  entries.filter(({ way: { kind } }) => kind === 'waiting' || kind === 'sending' || kind === 'sent')

/** Whether all of them are with the service. */
export function isReady(usable: readonly Entry[]): boolean {
  return usable.length > 0 && usable.every(({ way }) => way.kind === 'sent')
}

/** Whether it was not taken, and sending it again may help. */
export const isRefusedForNow = ({ way }: Pick<Entry, 'way'>): boolean =>
  way.kind === 'refused' && way.told.retryable

/** Whether it can be sent again, if the visitor says so. */
export const mayGoAgain = (entry: Pick<Entry, 'way'>): boolean =>
  entry.way.kind === 'stopped' || isRefusedForNow(entry)

/** Whether it is still to come to the service, and nothing is known that is against it. */
export const isToBeSent = ({ kind }: Way): boolean =>
  kind === 'waiting' || kind === 'sending' || kind === 'lost'

/** Whether it was brought for a server that had accepted no key yet: it is that of whoever shows one that it accepts. */
export const isUntaken = ({ owner, way: { kind } }: Entry): boolean =>
  owner === '' && kind !== 'sent' && kind !== 'submitted'

/** So long a browser remembers what was brought, ms: the service itself keeps uploads for a shorter time. */
const keptMs = 7 * 24 * 3_600_000

/** What is kept too long, or in the form of an older page. */
export const isOld = ({ at }: Pick<Entry, 'at'>, now: number): boolean => !(at > now - keptMs)

/** What a page that is loaded again makes of an entry: what was under way begins anew, if the file is still there. */
export function afterReload(entry: Entry, hasFile: boolean): Entry {
  const { kind } = entry.way
  if (kind === 'sending' || kind === 'waiting')
    return { ...entry, way: { kind: hasFile ? 'waiting' : 'lost' } }
  if (kind === 'refused' || kind === 'stopped') return hasFile ? entry : { ...entry, way: { kind: 'lost' } }
  return entry
}

/** Whether a file that is chosen again is the one that was lost. */
export function isSame(entry: Entry, file: Pick<File, 'name' | 'size' | 'lastModified'>): boolean {
  return entry.name === file.name && entry.size === file.size && entry.lastModified === file.lastModified
}
