import { bringBack, claimUntaken } from './bring-back.ts'
import { type Brought, files, forget, readHandle } from './brought.ts'
import { change, entries, entryOf, insert, isOpened } from './entries.ts'
import { afterReload, type Entry, isSame, isRefusedForNow, isToBeSent, isUntaken, type Way } from './entry.ts'
import { type Hashing, openHashing } from './hashing.ts'
import { changeAndKeep, keep, keeping, setWay } from './keep.ts'
import { ownerOf } from './owner.ts'
import { newId } from './send-file.ts'
import { isSending, isSentHere, send, sendDue, stopAll, stopSending } from './sending.ts'
import { haveLocks, listen, type Said, say } from './tabs.ts'

let hashing: Hashing | undefined
/** What other tabs have said since the key was accepted, while its name is worked out. */
let unheard: Said[] = []
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
  hashing ??= openHashing()
  if (key !== shownKey) leaveOwner()
  shownKey = key
  const isTheirs = isKnown && key !== ''
  if (isTheirs) claim()
  else owner = ''
  const whose = await ownerOf(key, hashing)
  if (opening !== openings) return
  const kept = await keeping().all()
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
  stopAll()
  unheard = []
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
  const heard = unheard
  unheard = []
  heard.forEach(hear)
  for (const entry of entries.peek()) {
    if (entry.owner !== undefined) continue
    void changeAndKeep(entry.id, { owner: whose })
    // Until now nobody could be told of it.
    say({ kind: 'added', entry: { ...entry, owner: whose }, brought: files.get(entry.id) })
  }
}

/** Forgets all that is in the queue, here and in what the browser keeps. Other tabs with the same key go on with it. */
export async function clearQueue(): Promise<void> {
  const gone = entries.peek()
  const whose = owner
  entries.value = []
  for (const { id } of gone) letGo(id)
  await Promise.all(gone.map(({ id }) => keeping().remove(id)))
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
  stopSending(id)
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
  void keeping().remove(id)
  say({ kind: 'removed', id })
  takeOff(id)
}

function letGo(id: string): void {
  stopSending(id)
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

/** Takes in what another tab has done with the queue. */
function hear(said: Said): void {
  if (owner === undefined) return void unheard.push(said)
  if (said.kind === 'removed') return takeOff(said.id)
  if (said.kind === 'left') {
    if (said.owner === owner) entries.peek().forEach(goOnWith)
  } else if (said.kind === 'added') hearAdded(said.entry, said.brought)
  else hearChanges(said.id, said.changes)
  sendDue()
}

/** The tab that had sent a file, perhaps, does so no more; and the browser has nothing of it. */
function goOnWith(entry: Entry): void {
  const isSent = entry.way.kind !== 'sending' || isSending(entry.id)
  const next = isSent ? entry : afterReload(entry, files.has(entry.id))
  change(next.id, next)
  void keep(next)
}

function hearAdded(entry: Entry, brought: Brought | undefined): void {
  if (entry.owner !== owner || entryOf(entry.id)) return
  if (brought) files.set(entry.id, brought)
  insert([entry])
  waitFor(entry.id)
}

function hearChanges(id: string, changes: Partial<Entry>): void {
  const { owner: whose = owner, way } = changes
  // It belongs to another key now.
  if (whose !== owner) return takeOff(id)
  // Here more is known: it is being sent, or waits for the tab that does.
  if (isSending(id) && (way?.kind === 'waiting' || way?.kind === 'lost')) return
  if (way?.kind === 'sending' && isSentHere(id, way.since)) return
  change(id, changes)
  if (way && !isToBeSent(way)) stopSending(id)
  if (way?.kind === 'submitted') forget(id)
  waitFor(id)
}

/** Should the tab that sends a file be closed, this one goes on. */
function waitFor(id: string): void {
  const entry = entryOf(id)
  if (entry?.way.kind === 'sending' && haveLocks() && !isSending(id)) void send(entry)
}

listen(hear)
