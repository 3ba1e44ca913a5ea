import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { DrawingLimits } from '@pdf-smaller/engines'
import type { Answer, Close, Order, Start } from './orders.ts'
import { withinTime } from './within-time.ts'

type Thread = {
  worker: Worker
  limits: DrawingLimits
  /** The documents that it may have open. */
  documents: Set<number>
  /** Processor time that it has taken so far. */
  processorMs: number
  leave?: NodeJS.Timeout
}

/** What an order may take, and the answer with what it took. */
export type Taken = Answer & { wallMs: number; ownMs: number }

/** A thread that nobody needs for so long is ended: only its end gives memory back. */
const idleMs = 60_000
/** A thread with more of its memory in use than this part is ended after its order. */
const mostWorn = 0.5

const idle: Thread[] = []
const waiting: (() => void)[] = []
let started = 0

/**
 * Gives an order to a thread: to one that has the document open, if one is idle. There are no more than cores.
 * @throws JobFailure engine_timeout; the signal's reason when it aborts. The thread is ended then
 */
export async function ordered(order: Order, limits: DrawingLimits, signal: AbortSignal): Promise<Taken> {
  const thread = await freeThread(order.id, limits)
  const startedAt = performance.now()
  try {
    signal.throwIfAborted()
    thread.documents.add(order.id)
    thread.worker.ref()
    thread.worker.postMessage(order, [])
    const answer: Answer = await withinTime(thread.worker, thread.processorMs + limits.ms, limits.ms, signal)
    const taken = { wallMs: performance.now() - startedAt, ownMs: answer.processorMs - thread.processorMs }
    thread.processorMs = answer.processorMs
    const isWorn = answer.isBroken || answer.memoryBytes > limits.memoryBytes * mostWorn
    if (isWorn) end(thread)
    else rest(thread)
    return { ...answer, ...taken }
  } catch (error) {
    end(thread)
    throw error
  } finally {
    waiting.shift()?.()
  }
}

/** Tells the threads that nobody needs a document any more. */
export function closed(id: number): void {
  const close: Close = { kind: 'close', id }
  for (const { worker, documents } of all) if (documents.delete(id)) worker.postMessage(close, [])
}

const all = new Set<Thread>()

async function freeThread(id: number, limits: DrawingLimits): Promise<Thread> {
  for (;;) {
    const thread = takeIdle(id, limits)
    if (thread) return thread
    if (started < availableParallelism()) {
      started++
      try {
        return await newThread(limits)
      } catch (error) {
        started--
        throw error
      }
    }
    const other = idle.pop()
    if (other) end(other)
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
}

/** One that has the document open, or else the one that rests for the shortest time. */
function takeIdle(id: number, { memoryBytes, mostPixels }: DrawingLimits): Thread | undefined {
  const fits = ({ limits }: Thread) => limits.memoryBytes === memoryBytes && limits.mostPixels === mostPixels
  const thread =
    idle.findLast((each) => fits(each) && each.documents.has(id)) ?? idle.findLast((each) => fits(each))
  if (!thread) return undefined
  idle.splice(idle.indexOf(thread), 1)
  clearTimeout(thread.leave)
  return thread
}

async function newThread(limits: DrawingLimits): Promise<Thread> {
  const { memoryBytes, mostPixels } = limits
  const workerData: Start = { program: await program(), memoryBytes, mostPixels }
  const worker = new Worker(new URL('thread.ts', import.meta.url), { workerData })
  const thread: Thread = { worker, limits, documents: new Set(), processorMs: 0 }
  all.add(thread)
  return thread
}

function rest(thread: Thread): void {
  thread.worker.unref()
  thread.leave = setTimeout(() => {
    idle.splice(idle.indexOf(thread), 1)
    end(thread)
  }, idleMs).unref()
  idle.push(thread)
}

function end(thread: Thread): void {
  started--
  all.delete(thread)
  void thread.worker.terminate()
}

let compiled: Promise<WebAssembly.Module> | undefined

/** Compiled once for all threads. */
function program(): Promise<WebAssembly.Module> {
  const file = createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm')
  return (compiled ??= readFile(file).then((bytes) => WebAssembly.compile(bytes)))
}
