import { JobFailure } from '@pdf-smaller/contracts'
import { type AddressRules, checkUrl, endpointsOfTenant } from '@pdf-smaller/endpoints'
import type { Context } from '../context.ts'
import type { GatewayConfig } from '../settings.ts'

export function addressRules({
  WEBHOOK_PORTS,
  WEBHOOK_NETWORKS,
}: Pick<GatewayConfig, 'WEBHOOK_PORTS' | 'WEBHOOK_NETWORKS'>): AddressRules {
  return { ports: new Set(WEBHOOK_PORTS), networks: WEBHOOK_NETWORKS }
}

/** @throws JobFailure refused_address */
export function assertAddress(config: GatewayConfig, url: string): void {
  const checked = checkUrl(url, addressRules(config))
  if (!checked.ok) throw new JobFailure('refused_address', checked.why)
}

/**
 * Looks whether the webhooks of requests may be told, and would be signed.
 * @throws JobFailure refused_address, unsigned_webhook; StoreUnavailable
 */
export async function assertWebhooks(
  { config, webhooks }: Pick<Context, 'config' | 'webhooks'>,
  tenant: string,
  urls: readonly (string | undefined)[],
): Promise<void> {
  const named = new Set(urls.filter((url) => url !== undefined))
  if (named.size === 0) return
  for (const url of named) assertAddress(config, url)
  const { endpoints } = await endpointsOfTenant(webhooks.endpoints, tenant)
  const signing = endpoints.find(({ url }) => url === undefined)
  if (!signing) throw new JobFailure('unsigned_webhook')
  if (signing.disabled) throw new JobFailure('unsigned_webhook', `the webhook ${signing.id} is disabled`)
}
