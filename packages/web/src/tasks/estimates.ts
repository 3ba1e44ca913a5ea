import { effect, signal } from '@preact/signals'
import { ask } from '../api/ask.ts'
import { Estimate } from '../api/task.ts'
import { asTrouble } from '../api/trouble.ts'
import type { Entry } from '../queue/entry.ts'
import { usableOnes } from '../queue/entries.ts'
import { dueEstimate, type Estimates } from './expected.ts'

/** What each level would make of a file, by the id of its upload; `none` where the service cannot say. */
export const estimates = signal<Estimates>(new Map())

let isAsking = false

/** Asks for the estimate of each uploaded PDF, one after the other: they take the service's own time. */
export function followEstimates(): () => void {
  return effect(() => {
    const next = dueEstimate(usableOnes.value, estimates.value)
    if (next && !isAsking) void askFor(next)
  })
}

/** Before a service that could not answer is asked again, ms. */
const pauseMs = 5000

async function askFor({ way }: Entry): Promise<void> {
  if (way.kind !== 'sent') return
  isAsking = true
  const json = { input: { upload: way.uploadId } }
  const found = await ask('/api/estimate', Estimate, { method: 'POST', json }).catch((error: unknown) =>
    asTrouble(error).retryable ? undefined : ('none' as const),
  )
  if (!found) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  isAsking = false
  estimates.value = new Map([...estimates.peek(), ...(found ? [[way.uploadId, found] as const] : [])])
}
