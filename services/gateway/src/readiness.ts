import type { FailureCode } from '@pdf-smaller/contracts'
import type { Readiness } from '@pdf-smaller/contracts/http'
import { inTime, readinessPatienceMs } from '@pdf-smaller/platform'
import type { Context } from './context.ts'
import { checkRoom } from './intake/room.ts'
import { failureOfRequest } from './problem.ts'

type Part = Readiness['parts']['events']

/** A probe writes to the object store, so its answer holds for a while. */
const probeHoldsMs = 5000

export function openReadiness({ store, objects, projection, closing }: Context): () => Promise<Readiness> {
  let probed: { at: number; part: Promise<Part> } | undefined
  const probe = () => {
    if (!probed || performance.now() - probed.at > probeHoldsMs)
      probed = { at: performance.now(), part: partOf(objects.probe()) }
    return probed.part
  }
  return async () => {
    const [events, stored] = await Promise.all([partOf(checkRoom(store)), probe()])
    const caughtUp = projection.caughtUp()
    const parts = {
      events,
      objects: stored,
      projection: caughtUp
        ? { ok: true }
        : { ok: false, why: `it is being rebuilt, at ${projection.position()}` },
    }
    const ready = serves(events) && serves(stored) && caughtUp && !closing.aborted
    return { status: ready ? 'ready' : 'not ready', parts }
  }
}

const full = new Set<FailureCode>(['events_full', 'storage_full'])
const serves = ({ ok, code }: Part) => ok || (code !== undefined && full.has(code))

async function partOf(check: Promise<unknown>): Promise<Part> {
  try {
    await inTime(check, readinessPatienceMs)
    return { ok: true }
  } catch (error) {
    const { code } = failureOfRequest(error)
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, ...(code === 'internal_error' ? {} : { code }), why }
  }
}
