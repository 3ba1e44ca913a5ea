import { type DueDelivery, dueDelivery } from '@pdf-smaller/contracts'
import type { NewEvent, NewSchedule } from '@pdf-smaller/eventstore'
import { uuidv7 } from 'uuidv7'

type To = { tenant: string; id: string }
export type Due = Omit<DueDelivery, 'id' | 'time' | 'type'>

/** A message to an endpoint, under a key that is its own: the sequence of its event, or the id of a ping. */
function dueOf(due: Due): DueDelivery {
  return { ...due, id: uuidv7(), time: new Date().toISOString(), type: 'due' }
}

/** The entry by which a message is sent now; a schedule of the same message ends. */
export function sendNow({ tenant, id }: To, key: string, due: Due): NewEvent<DueDelivery> {
  const { stream, schedule } = dueDelivery(tenant, id, key)
  return {
    stream,
    name: 'due',
    event: dueOf(due),
    endsSchedule: schedule,
  }
}

/** The entry by which it is sent at a time; it takes the place of an earlier one of the same message. */
export function sendAt({ tenant, id }: To, key: string, due: Due, when: Date): NewSchedule<DueDelivery> {
  const { stream, schedule } = dueDelivery(tenant, id, key)
  return { schedule, when, target: `${stream}.due`, event: dueOf(due) }
}
