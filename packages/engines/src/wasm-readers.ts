import { mkdtemp, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from './context.ts'
import { createWorker, OEM, type Worker } from 'tesseract.js'

/** A reader holds memory that only its end gives back: its pages are counted, and one that nobody needs is ended. */
const [mostPages, idleMs] = [100, 5000]

type Reader = { worker: Worker; pages: number; timer?: NodeJS.Timeout }

/** Readers that wait for their next page, by their languages. */
const waiting = new Map<string, Reader[]>()

/**
 * Lends a reader for one page: one that has read others before, or a new one. It is ended when the page fails, as
 * nobody knows what state it is in then.
 * @throws JobFailure engine_failed, engine_timeout; the signal's reason when it aborts
 */
export async function withReader<T>(
  languages: readonly string[],
  { signal, cwd }: EngineContext,
  timeoutMs: number,
  work: (worker: Worker) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const key = languages.join('+')
  const reader = take(key) ?? { worker: await start(languages, cwd), pages: 0 }
  try {
    const result = await orStopped(work(reader.worker), signal, timeoutMs)
    reader.pages++
    giveBack(key, reader)
    return result
  } catch (error) {
    await reader.worker.terminate()
    signal.throwIfAborted()
    if (error instanceof JobFailure) throw error
    throw new JobFailure('engine_failed', `tesseract.js: ${String(error).slice(0, 300)}`, { cause: error })
  }
}

function take(key: string): Reader | undefined {
  const reader = waiting.get(key)?.pop()
  clearTimeout(reader?.timer)
  return reader
}

function giveBack(key: string, reader: Reader): void {
  if (reader.pages >= mostPages) return void reader.worker.terminate()
  const others = waiting.get(key) ?? []
  waiting.set(key, [...others, reader])
  reader.timer = setTimeout(() => {
    waiting.set(key, waiting.get(key)?.filter((each) => each !== reader) ?? [])
    void reader.worker.terminate()
  }, idleMs)
}

/** It reads all its languages from one folder, once. */
async function start(languages: readonly string[], folder: string): Promise<Worker> {
  const langPath = await mkdtemp(path.join(folder, 'languages-'))
  try {
    for (const each of languages)
      await symlink(dataOf(each), path.join(langPath, path.basename(dataOf(each))))
    // Failures come out of the call that they belong to as well.
    const quiet = { cacheMethod: 'none', errorHandler: () => {} }
    return await createWorker([...languages], OEM.LSTM_ONLY, { langPath, ...quiet })
  } finally {
    await rm(langPath, { recursive: true, force: true })
  }
}

function dataOf(language: string): string {
  const manifest = import.meta.resolve(`@tesseract.js-data/${language}/package.json`)
  return path.join(path.dirname(new URL(manifest).pathname), '4.0.0_best_int', `${language}.traineddata.gz`)
}

/** What is worked on in another thread does not end by itself: it loses its reader. */
async function orStopped<T>(working: Promise<T>, signal: AbortSignal, timeoutMs: number): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const stop = () => reject(new Error('stopped'))
  const timer = setTimeout(
    () => reject(new JobFailure('engine_timeout', `tesseract.js ran longer than ${timeoutMs / 1000} s`)),
    timeoutMs,
  )
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([working, stopped])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
