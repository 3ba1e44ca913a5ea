import { computed, signal } from '@preact/signals'
import { asTrouble } from '../api/trouble.ts'
import {
  afterReload,
  dueUploads,
  type Entry,
  isOld,
  isSame,
  isUntaken,
  mayGoAgain,
  openEntries,
  usableEntries,
  type Way,
} from './entry.ts'
import { type Hashing, openHashing } from './hashing.ts'
import { type Keeping, openKeeping } from './kept.ts'
import { ownerOf } from './owner.ts'
import { newId, sendFile } from './send-file.ts'

/** A file as it was brought, with the handle where the browser gives one. */
export type Brought = { file: File; handle?: FileSystemFileHandle | undefined }

export const entries = signal<readonly Entry[]>([])
/** Those that were not handed in yet. */
export const openOnes = computed(() => openEntries(entries.value))
/** Those of them that jobs can be asked for. */
export const usableOnes = computed(() => usableEntries(entries.value))

const files = new Map<string, Brought>()
const handles = new Map<string, FileSystemFileHandle>()
const stops = new Map<string, AbortController>()
let keeping: Keeping | undefined
let hashing: Hashing | undefined
/** Whose entries these are; undefined while a key that was just shown has no name yet. */
let owner: string | undefined = ''
let shownKey = ''
let openings = 0

/**
 * Brings back what an earlier visit with the same key has left, and goes on with it. What belongs to another key is shown no
 * more, and waits for it in the browser.
 */
export async function openQueue(key: string): Promise<void> {
  const opening = ++openings
  keeping ??= openKeeping()
  hashing ??= openHashing()
  if (key !== shownKey) leaveOwner()
  shownKey = key
  const whose = await ownerOf(key, hashing)
  if (opening !== openings) return
  nameOwner(whose)
  const kept = await keeping.all()
  if (opening !== openings) return
  for (const { entry } of kept) if (isOld(entry, Date.now())) keeping.remove(entry.id)
  const known = new Set(entries.peek().map(({ id }) => id))
  const own = kept.filter(({ entry }) => entry.owner === owner && !known.has(entry.id))
  const before = own.map(({ entry, file, handle }) => {
    if (file) files.set(entry.id, { file })
    if (handle) handles.set(entry.id, handle)
    return afterReload(entry, file !== undefined)
  })
  entries.value = [...before, ...entries.peek()].toSorted((one, other) => one.at - other.at)
  for (const { id, sha256 } of before) if (sha256 === undefined) hash(id)
  sendDue()
}

/** From here on the queue is that of another key, with what was brought before any was shown. */
function leaveOwner(): void {
  for (const stopping of stops.values()) stopping.abort()
  const [taken, left] = [entries.peek().filter(isUntaken), entries.peek().filter((each) => !isUntaken(each))]
  owner = undefined
  for (const { id } of left) forget(id)
  entries.value = taken.map((entry) => ({ ...entry, owner, way: { kind: 'waiting' } }))
}

/** Gives what was brought since the key was shown to whom it belongs to. */
function nameOwner(whose: string): void {
  owner = whose
  for (const { id, owner: named } of entries.peek())
    if (named === undefined) changeAndKeep(id, { owner: whose })
}

/** Forgets all that is in the queue, here and in what the browser keeps. */
export function clearQueue(): void {
  for (const { id } of entries.peek()) remove(id)
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
  entries.value = [...entries.peek(), entry]
  keep(entry)
  hash(entry.id)
}

function hash(id: string): void {
  const file = files.get(id)?.file
  hashing ??= openHashing()
  if (file) void hashing(id, file).then((sha256) => sha256 && changeAndKeep(id, { sha256 }))
}

function findAgain({ id, sha256 }: Entry, brought: Brought): void {
  files.set(id, brought)
  setWay(id, { kind: 'waiting' })
  if (sha256 === undefined) hash(id)
}

/** Asks the browser for the files that it has handles of. It has to be called while the visitor presses something. */
export async function allowAgain(): Promise<void> {
  for (const entry of entries.peek()) {
    const handle = entry.way.kind === 'lost' ? handles.get(entry.id) : undefined
    if (!handle) continue
    const file = await readHandle(handle).catch(() => undefined)
    if (file) findAgain(entry, { file, handle })
  }
  sendDue()
}

/** Whether a lost file can be had by `allowAgain`. */
export const hasHandle = (id: string): boolean => handles.has(id)

async function readHandle(handle: FileSystemFileHandle): Promise<File> {
  await handle.requestPermission?.({ mode: 'read' })
  return handle.getFile()
}

export function stop(id: string): void {
  stops.get(id)?.abort()
  setWay(id, { kind: 'stopped' })
  sendDue()
}

export function retry(id: string): void {
  setWay(id, { kind: files.has(id) ? 'waiting' : 'lost' })
  sendDue()
}

export function retryAll(): void {
  for (const entry of entries.peek()) if (mayGoAgain(entry)) retry(entry.id)
}

export function remove(id: string): void {
  stops.get(id)?.abort()
  forget(id)
  keeping?.remove(id)
  entries.value = entries.peek().filter((entry) => entry.id !== id)
  sendDue()
}

/** Says that a job has the file; nothing of it is kept here any more. */
export function handedIn(id: string, jobId: string): void {
  forget(id)
  setWay(id, { kind: 'submitted', jobId })
}

function forget(id: string): void {
  files.delete(id)
  handles.delete(id)
}

function sendDue(): void {
  for (const entry of dueUploads(entries.peek())) void send(entry)
}

async function send({ id, name }: Entry): Promise<void> {
  const brought = files.get(id)
  if (!brought) return setWay(id, { kind: 'lost' })
  const stopping = new AbortController()
  stops.set(id, stopping)
  setWay(id, { kind: 'sending', sent: 0 })
  const onSent = (sent: number) => change(id, { way: { kind: 'sending', sent } })
  try {
    const { uploadId, contentType } = await sendFile(brought.file, name, { onSent, signal: stopping.signal })
    change(id, { contentType })
    setWay(id, { kind: 'sent', uploadId })
  } catch (error) {
    if (stopping.signal.aborted) return
    const { title, message, code, retryable } = asTrouble(error)
    setWay(id, { kind: 'refused', told: { title, message, code, retryable } })
  } finally {
    // It may be under way again already.
    if (stops.get(id) === stopping) stops.delete(id)
  }
  sendDue()
}

const setWay = (id: string, way: Way) => changeAndKeep(id, { way })

function changeAndKeep(id: string, changes: Partial<Entry>): void {
  change(id, changes)
  const entry = entries.peek().find((each) => each.id === id)
  if (entry) keep(entry)
}

function change(id: string, changes: Partial<Entry>): void {
  entries.value = entries.peek().map((entry) => (entry.id === id ? { ...entry, ...changes } : entry))
}

/** Keeps it for a later visit, once it is known whose it is. */
function keep(entry: Entry): void {
  if (entry.owner === undefined) return
  const { file, handle = handles.get(entry.id) } = files.get(entry.id) ?? {}
  keeping?.put({ entry, file, handle })
}
