import { type DueDelivery, dueDelivery } from '@pdf-smaller/contracts'
import type { NewEvent, NewSchedule } from '@pdf-smaller/eventstore'
import { uuidv7 } from 'uuidv7'

type To = { tenant: string; id: string }
export type Due = Omit<DueDelivery, 'id' | 'time' | 'type'>

/** What is asked for by hand stands beside what waits for a retry, not in its place. */
function keyOf({ sequence, messageId, byHand }: Pick<Due, 'sequence' | 'messageId' | 'byHand'>): string {
  return messageId ?? (byHand ? `hand-${sequence}` : String(sequence))
}

function dueOf(due: Due): DueDelivery {
  return { ...due, id: uuidv7(), time: new Date().toISOString(), type: 'due' }
}

/** The entry by which a message is sent now; one of the same that waits for its time stays. */
export function sendNow({ tenant, id }: To, due: Due): NewEvent<DueDelivery> {
  return { stream: dueDelivery(tenant, id, keyOf(due)).stream, name: 'due', event: dueOf(due) }
}

/** The entry by which it is sent at a time; it takes the place of an earlier one of the same message. */
export function sendAt({ tenant, id }: To, due: Due, when: Date): NewSchedule<DueDelivery> {
  const { stream, schedule } = dueDelivery(tenant, id, keyOf(due))
  return { schedule, when, target: `${stream}.due`, event: dueOf(due) }
}

/** Where the retry of an event waits for its time. */
export function retryOf({ tenant, id }: To, sequence: number): string {
  return dueDelivery(tenant, id, String(sequence)).schedule
}
