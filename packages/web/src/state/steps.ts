import { signal } from '@preact/signals'
import { z } from '../api/parts.ts'
import { jsonOf } from '../api/trouble.ts'

/** What is to be done with the result of a job. */
const Step = z.object({ jobId: z.string(), task: z.string() })
export type Step = z.output<typeof Step>

/** They outlast the page: whoever opens it again goes on with them. All tabs share them. */
const place = 'chains'

/** Steps that are still to be taken, as they were last seen. */
export const steps = signal<readonly Step[]>([])

/** Some browsers let a page read what they have, and keep nothing of it. */
let isKept = true

/** Steps as the browser has them now: another tab may have taken some. */
export function keptSteps(): readonly Step[] {
  if (!isKept) return steps.peek()
  try {
    return z.array(Step).safeParse(jsonOf(localStorage.getItem(place) ?? '')).data ?? []
  } catch {
    // Where the browser keeps nothing, they last as long as the page.
    return steps.peek()
  }
}

export function setSteps(next: readonly Step[]): void {
  steps.value = next
  try {
    localStorage.setItem(place, JSON.stringify(next))
    isKept = true
  } catch {
    isKept = false
  }
}

/** Follows what other tabs do with them. */
export function followSteps(): void {
  const look = () => (steps.value = keptSteps())
  look()
  addEventListener('storage', look)
}

/** The tasks that are still to be done with the result of a job. */
export const tasksAfter = (id: string): string[] =>
  steps.value.filter(({ jobId }) => jobId === id).map(({ task }) => task)
