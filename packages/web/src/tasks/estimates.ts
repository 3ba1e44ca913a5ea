import { effect, signal } from '@preact/signals'
import { ask } from '../api/ask.ts'
import { Estimate } from '../api/task.ts'
import type { Entry } from '../queue/entry.ts'
import { usableOnes } from '../queue/queue.ts'
import { dueEstimate, type Estimates } from './expected.ts'

/** What each level would make of a file, by the id of its entry; `none` where the service cannot say. */
export const estimates = signal<Estimates>(new Map())

let isAsking = false

/** Asks for the estimate of each uploaded PDF, one after the other: they take the service's own time. */
export function followEstimates(): () => void {
  return effect(() => {
    const next = dueEstimate(usableOnes.value, estimates.value)
    if (next && !isAsking) void askFor(next)
  })
}

async function askFor({ id, way }: Entry): Promise<void> {
  if (way.kind !== 'sent') return
  isAsking = true
  const json = { input: { upload: way.uploadId } }
  const found = await ask('/api/estimate', Estimate, { method: 'POST', json }).catch(() => 'none' as const)
  isAsking = false
  estimates.value = new Map([...estimates.peek(), [id, found]])
}
