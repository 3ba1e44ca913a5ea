import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type FailureCode, JobFailure } from '@pdf-smaller/contracts'
import { oneAtATime } from './one-at-a-time.ts'
import { carryOut, type Given, type Kind, type Result } from './works.ts'

export type Order<K extends Kind> = { kind: K; given: Given<K> }
export type Answer<K extends Kind> =
  | { ok: true; result: Result<K> }
  | { ok: false; code: FailureCode; why: string }

/** Works on extractions. @param bytes gives what the work needs in its turn; only then it is read */
export type WorkOn = <K extends Kind>(kind: K, given: () => Promise<Given<K>>) => Promise<Result<K>>

/** Bytes that are parsed within some hundredths of a second. */
const quick = 1024 * 1024
const threadMegabytes = 1024

/**
 * Extractions of long statements take seconds to be parsed and compared, and much memory. They get a thread of their own,
 * one after the other, so that a gateway goes on answering whatever is asked of them.
 */
export function openExtractionWork(): WorkOn {
  const inTurn = oneAtATime()
  return (kind, given) =>
    inTurn(async () => {
      const all = await given()
      return bytesIn(all) <= quick ? carryOut(kind, all) : inThread(kind, all)
    })
}

function bytesIn(given: Given<Kind>): number {
  const sizes = Object.values(given).map((each) => (each instanceof Uint8Array ? each.length : 0))
  return sizes.reduce((sum, each) => sum + each, 0)
}

/** @throws JobFailure as the work, extraction_too_large */
async function inThread<K extends Kind>(kind: K, given: Given<K>): Promise<Result<K>> {
  const order: Order<K> = { kind, given }
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: threadMegabytes },
    env: {},
    execArgv: [],
  })
  try {
    const [message] = await once(worker, 'message')
    const answer: Answer<K> = message
    if (!answer.ok) throw new JobFailure(answer.code, answer.why)
    return answer.result
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    throw isTooLarge ? new JobFailure('extraction_too_large', 'there is not enough memory for it') : error
  } finally {
    await worker.terminate()
  }
}
