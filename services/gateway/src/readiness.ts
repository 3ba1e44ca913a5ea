import { z } from 'zod'
import type { Context } from './context.ts'

const Part = z.object({ ok: z.boolean(), why: z.string().optional() })

/** Whether the gateway can serve requests, and what each thing that it needs says. */
export const Readiness = z.object({
  status: z.enum(['ready', 'not ready']),
  parts: z.object({ events: Part, objects: Part, projection: Part }),
})
export type Readiness = z.infer<typeof Readiness>

/** A probe writes to the object store, so its answer holds for a while. */
const probeHoldsMs = 5000
const patienceMs = 3000

export function openReadiness({ store, objects, projection, closing }: Context): () => Promise<Readiness> {
  let probed: { at: number; part: Promise<z.infer<typeof Part>> } | undefined
  const probe = () => {
    if (!probed || performance.now() - probed.at > probeHoldsMs)
      probed = { at: performance.now(), part: partOf(objects.probe()) }
    return probed.part
  }
  return async () => {
    const [events, stored] = await Promise.all([partOf(store.lastSequence()), probe()])
    const caughtUp = projection.caughtUp()
    const parts = {
      events,
      objects: stored,
      projection: caughtUp
        ? { ok: true }
        : { ok: false, why: `it is being rebuilt, at ${projection.position()}` },
    }
    const ready = events.ok && stored.ok && caughtUp && !closing.aborted
    return { status: ready ? 'ready' : 'not ready', parts }
  }
}

async function partOf(check: Promise<unknown>): Promise<z.infer<typeof Part>> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it does not answer in time')), patienceMs)
  })
  try {
    await Promise.race([check, late])
    return { ok: true }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}
