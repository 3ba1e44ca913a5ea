import { asTrouble } from '../api/trouble.ts'
import { bringBack, claimUntaken } from './bring-back.ts'
import { type Brought, files, forget, handles, readHandle } from './brought.ts'
import { change, entries, entryOf, insert, isOpened } from './entries.ts'
import {
  afterReload,
  dueUploads,
  type Entry,
  isSame,
  isRefusedForNow,
  isToBeSent,
  isUntaken,
  type Way,
} from './entry.ts'
import { type Hashing, openHashing } from './hashing.ts'
import { type Keeping, openKeeping } from './kept.ts'
import { ownerOf } from './owner.ts'
import { newId, sendFile } from './send-file.ts'
import { alone, haveLocks, openTabs, type Said } from './tabs.ts'

const stops = new Map<string, AbortController>()
let keeping: Keeping | undefined
let hashing: Hashing | undefined
const say = openTabs(hear)
/** Whose entries these are: nobody's until the server accepts a key, undefined while that has no name yet. */
let owner: string | undefined = ''
let shownKey = ''
let openings = 0

/**
 * Brings back what an earlier visit with the same key has left, and goes on with it. What belongs to another key is shown no
 * more, and waits for it in the browser. @param isKnown whether the server has accepted the key: what was brought before is its
 */
export async function openQueue(key: string, isKnown: boolean): Promise<void> {
  const opening = ++openings
  keeping ??= openKeeping()
  hashing ??= openHashing()
  if (key !== shownKey) leaveOwner()
  shownKey = key
  const isTheirs = isKnown && key !== ''
  if (isTheirs) claim()
  else owner = ''
  const whose = await ownerOf(key, hashing)
  if (opening !== openings) return
  const kept = await keeping.all()
  if (opening !== openings) return
  const isOwn = (entry: Entry) => entry.owner === whose || (isKnown && isUntaken(entry))
  for (const { id, sha256 } of bringBack(kept, isOwn)) if (sha256 === undefined) hash(id)
  isOpened.value = true
  if (isTheirs) claim()
  nameOwner(whose)
  sendDue()
}

/** From here on the queue is that of another key, with what was brought before any was accepted. */
function leaveOwner(): void {
  for (const stopping of stops.values()) stopping.abort()
  owner = ''
  for (const entry of entries.peek()) if (!isUntaken(entry)) forget(entry.id)
  const taken = entries.peek().filter(isUntaken)
  entries.value = taken.map((entry) => ({ ...entry, way: { kind: 'waiting' } }))
}

/** What nobody had until now belongs to the key that is shown. */
function claim(): void {
  if (owner === '') owner = undefined
  claimUntaken()
}

/** Gives what was brought since the key was accepted to whom it belongs to. */
function nameOwner(whose: string): void {
  if (owner === undefined) owner = whose
  for (const { id, owner: named } of entries.peek())
    if (named === undefined) void changeAndKeep(id, { owner: whose })
}

/** Forgets all that is in the queue, here and in what the browser keeps. Other tabs with the same key go on with it. */
export async function clearQueue(): Promise<void> {
  const gone = entries.peek()
  const whose = owner
  entries.value = []
  for (const { id } of gone) letGo(id)
  await Promise.all(gone.map(({ id }) => keeping?.remove(id)))
  if (whose) say({ kind: 'left', owner: whose })
}

/** Adds files to the queue; one that was lost is found again by its name, size and time. */
export function addFiles(brought: readonly Brought[]): void {
  const found = brought.filter(({ file }) => file.size > 0 || file.name !== '')
  for (const each of found) {
    const lost = entries.peek().find((entry) => entry.way.kind === 'lost' && isSame(entry, each.file))
    if (lost) findAgain(lost, each)
    else add(each)
  }
  sendDue()
}

function add(brought: Brought): void {
  const { name, size, type, lastModified } = brought.file
  const way: Way = { kind: 'waiting' }
  const at = Math.max(Date.now(), (entries.peek().at(-1)?.at ?? 0) + 1)
  const entry: Entry = { id: newId(), name, size, contentType: type, lastModified, at, owner, way }
  files.set(entry.id, brought)
  insert([entry])
  void keep(entry)
  if (entry.owner !== undefined) say({ kind: 'added', entry, brought })
  hash(entry.id)
}

function hash(id: string): void {
  const file = files.get(id)?.file
  hashing ??= openHashing()
  if (file)
    void hashing(id, file).then((sha256) => {
      if (sha256) void changeAndKeep(id, { sha256 })
    })
}

function findAgain({ id, sha256 }: Entry, brought: Brought): void {
  files.set(id, brought)
  void setWay(id, { kind: 'waiting' })
  if (sha256 === undefined) hash(id)
}

/** Asks the browser for the files that it has handles of. It has to be called while the visitor presses something. */
export async function allowAgain(): Promise<void> {
  for (const entry of entries.peek()) {
    const brought = entry.way.kind === 'lost' && (await readHandle(entry.id))
    if (brought) findAgain(entry, brought)
  }
  sendDue()
}

export function stop(id: string): void {
  stops.get(id)?.abort()
  void setWay(id, { kind: 'stopped' })
  sendDue()
}

export function retry(id: string): void {
  void setWay(id, { kind: files.has(id) ? 'waiting' : 'lost' })
  sendDue()
}

/** Sends all again that were refused; what the visitor has stopped stays stopped. */
export function retryAll(): void {
  for (const entry of entries.peek()) if (isRefusedForNow(entry)) retry(entry.id)
}

export function remove(id: string): void {
  void keeping?.remove(id)
  say({ kind: 'removed', id })
  takeOff(id)
}

function letGo(id: string): void {
  stops.get(id)?.abort()
  forget(id)
}

function takeOff(id: string): void {
  letGo(id)
  entries.value = entries.peek().filter((entry) => entry.id !== id)
  sendDue()
}

/** Says that a job has the file; nothing of it is kept here any more. */
export function handedIn(id: string, jobId: string): void {
  forget(id)
  void setWay(id, { kind: 'submitted', jobId })
}

function sendDue(): void {
  for (const entry of dueUploads(entries.peek())) void send(entry)
}

/** Sends a file, once no other tab does. */
async function send({ id, name }: Entry): Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  stops.set(id, stopping)
  // No two tabs begin at the same time.
  const since = Date.now() + Math.random()
  change(id, { way: { kind: 'sending', sent: 0, since } })
  try {
    await alone(`upload ${id}`, () => sendAlone(id, name, since, signal), signal)
  } catch (error) {
    if (signal.aborted) return
    const { title, message, code, retryable } = asTrouble(error)
    void setWay(id, { kind: 'refused', told: { title, message, code, retryable } })
  } finally {
    // It may be under way again already.
    if (stops.get(id) === stopping) stops.delete(id)
  }
  sendDue()
}

async function sendAlone(id: string, name: string, since: number, signal: AbortSignal): Promise<void> {
  const way = await keeping?.wayOf(id)
  signal.throwIfAborted()
  // Another tab has got through with it meanwhile. That it was refused once, perhaps for want of a key, says nothing of now.
  if (way?.kind === 'sent' || way?.kind === 'submitted') return change(id, { way })
  const brought = files.get(id)
  if (!brought) return setWay(id, { kind: 'lost' })
  void setWay(id, { kind: 'sending', sent: 0, since })
  const onSent = (sent: number) => {
    const changes: Partial<Entry> = { way: { kind: 'sending', sent, since } }
    change(id, changes)
    say({ kind: 'changed', id, changes })
  }
  const { uploadId, contentType } = await sendFile(brought.file, name, { onSent, signal })
  await changeAndKeep(id, { contentType, way: { kind: 'sent', uploadId } })
}

/** Takes in what another tab has done with the queue. */
function hear(said: Said): void {
  if (said.kind === 'removed') return takeOff(said.id)
  if (said.kind === 'left') {
    if (said.owner === owner) entries.peek().forEach(goOnWith)
  } else if (said.kind === 'added') hearAdded(said.entry, said.brought)
  else hearChanges(said.id, said.changes)
  sendDue()
}

/** The tab that had sent a file, perhaps, does so no more; and the browser has nothing of it. */
function goOnWith(entry: Entry): void {
  const isSent = entry.way.kind !== 'sending' || stops.has(entry.id)
  const next = isSent ? entry : afterReload(entry, files.has(entry.id))
  change(next.id, next)
  void keep(next)
}

function hearAdded(entry: Entry, brought: Brought | undefined): void {
  if (entry.owner !== owner) return
  if (brought) files.set(entry.id, brought)
  insert([entry])
}

function hearChanges(id: string, changes: Partial<Entry>): void {
  const { owner: whose = owner, way } = changes
  // It belongs to another key now.
  if (whose !== owner) return takeOff(id)
  // Here more is known: it is being sent, or waits for the tab that does.
  if (stops.has(id) && (way?.kind === 'waiting' || way?.kind === 'lost')) return
  if (way?.kind === 'sending' && isSentHere(id, way.since)) return
  change(id, changes)
  if (way && !isToBeSent(way)) stops.get(id)?.abort()
  if (way?.kind === 'submitted') forget(id)
  // Should that tab be closed, this one goes on.
  const entry = entryOf(id)
  if (entry && way?.kind === 'sending' && haveLocks && !stops.has(id)) void send(entry)
}

/** Where the browser has no locks, whoever has begun first sends it. @param since when another tab has begun */
function isSentHere(id: string, since: number): boolean {
  const way = entryOf(id)?.way
  if (haveLocks || way?.kind !== 'sending' || !stops.has(id)) return false
  if (way.since <= since) return true
  stops.get(id)?.abort()
  return false
}

// Others go on with what is under way here; where the browser has locks, it tells them by itself.
addEventListener('pagehide', () => {
  if (!haveLocks)
    for (const id of stops.keys()) say({ kind: 'changed', id, changes: { way: { kind: 'waiting' } } })
})

const setWay = (id: string, way: Way) => changeAndKeep(id, { way })

/** Resolves when the browser has it. */
async function changeAndKeep(id: string, changes: Partial<Entry>): Promise<void> {
  change(id, changes)
  const entry = entryOf(id)
  if (entry?.owner === undefined) return
  say({ kind: 'changed', id, changes })
  await keep(entry)
}

/** Keeps it for a later visit, once it is known whose it is. */
async function keep(entry: Entry): Promise<void> {
  if (entry.owner === undefined) return
  const { file, handle = handles.get(entry.id) } = files.get(entry.id) ?? {}
  await keeping?.put({ entry, file, handle })
}
