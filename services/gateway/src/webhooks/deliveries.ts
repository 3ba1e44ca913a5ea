import { attemptLog, type WebhookAttempt } from '@pdf-smaller/contracts'
import type { DeliveryStore, Endpoint } from '@pdf-smaller/endpoints'

type Asked = {
  outcome?: string | undefined
  messageId?: string | undefined
  limit: number
  before: number | undefined
}

/**
 * Attempts to reach an endpoint, the newest first. Its log is bounded, so all of it is read.
 * @returns and the sequence that the next page lies before
 * @throws StoreUnavailable
 */
export async function attemptsOf(
  deliveries: DeliveryStore,
  { tenant, id }: Endpoint,
  { outcome, messageId, limit, before = Infinity }: Asked,
): Promise<{ attempts: WebhookAttempt[]; nextBefore?: number }> {
  const found: { sequence: number; event: WebhookAttempt }[] = []
  for await (const { sequence, event } of deliveries.history(attemptLog(tenant, id))) {
    if (event.type !== 'made' || sequence >= before) continue
    if (outcome !== undefined && event.outcome !== outcome) continue
    if (messageId !== undefined && event.messageId !== messageId) continue
    found.push({ sequence, event })
  }
  const page = found.toReversed().slice(0, limit)
  const last = page.at(-1)
  return {
    attempts: page.map(({ event }) => event),
    ...(last && found.length > limit ? { nextBefore: last.sequence } : {}),
  }
}
