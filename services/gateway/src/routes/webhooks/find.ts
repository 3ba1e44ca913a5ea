import { JobFailure, JobId } from '@pdf-smaller/contracts'
import { changeEndpoint, type Endpoint, loadEndpoint, type NewFact } from '@pdf-smaller/endpoints'
import type { Context } from '../../context.ts'

type Parts = Pick<Context, 'webhooks'>

/** @throws JobFailure unknown_webhook, also for those of others; StoreUnavailable */
export async function findWebhook({ webhooks }: Parts, tenant: string, id: string): Promise<Endpoint> {
  const endpoint = isId(id) ? await loadEndpoint(webhooks.endpoints, tenant, id) : undefined
  if (!endpoint) throw new JobFailure('unknown_webhook')
  return endpoint
}

/** @throws JobFailure unknown_webhook, also for those of others; StoreUnavailable, StoreFull */
export async function changeWebhookBy(
  { webhooks }: Parts,
  tenant: string,
  id: string,
  decide: (endpoint: Endpoint) => NewFact | undefined,
): Promise<Endpoint> {
  const endpoint = isId(id) ? await changeEndpoint(webhooks.endpoints, { tenant, id }, decide) : undefined
  if (!endpoint) throw new JobFailure('unknown_webhook')
  return endpoint
}

const isId = (id: string) => JobId.safeParse(id).success
