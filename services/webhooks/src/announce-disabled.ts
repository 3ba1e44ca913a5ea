import { cloudEvent, type DisabledBecause, webhookDisabledStream } from '@pdf-smaller/contracts'
import type { Endpoint } from '@pdf-smaller/endpoints'
import { Conflict } from '@pdf-smaller/eventstore'
import { derivedId } from '@pdf-smaller/platform'
import { type Parts, source } from './parts.ts'

/** Tells the tenant, in its own stream of events, once for each time that the endpoint was told anew. */
export async function announceDisabled(
  { jobs, clock }: Pick<Parts, 'jobs' | 'clock'>,
  { tenant, id: endpoint, generation, failingSince: since }: Endpoint,
  because: DisabledBecause,
): Promise<void> {
  const stream = webhookDisabledStream(tenant, endpoint)
  const id = derivedId('webhook disabled', endpoint, String(generation))
  const { events, revision } = await jobs.load(stream)
  if (events.some(({ event }) => event.id === id)) return
  const fact = {
    type: 'pdfsmaller.webhook.disabled.v1' as const,
    data: { tenant, because, ...(since === undefined ? {} : { since }) },
  }
  const event = cloudEvent(fact, { id, source, jobId: endpoint, time: clock() })
  await jobs.append([{ stream, name: 'disabled', event, expected: revision }]).catch((error: unknown) => {
    // Another attempt has told it in between.
    if (!(error instanceof Conflict)) throw error
  })
}
