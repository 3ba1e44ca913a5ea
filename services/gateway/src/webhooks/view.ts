import type { WebhookAttempt } from '@pdf-smaller/contracts'
import { DeliveryView, type WebhookView } from '@pdf-smaller/contracts/http'
import type { Endpoint } from '@pdf-smaller/endpoints'
import type { z } from 'zod'

/** An endpoint as it is told of. */
export function webhookView(endpoint: Endpoint, now: Date): WebhookView {
  const { id, url, name, filter, secret, disabled, failingSince, createdAt, createdBy } = endpoint
  const { types, tasks, tags } = filter
  const until = secret.previous?.until
  return {
    id,
    ...(url === undefined ? {} : { url }),
    ...(name === undefined ? {} : { name }),
    types,
    ...(tasks ? { tasks } : {}),
    ...(tags ? { tags } : {}),
    status: disabled ? 'disabled' : failingSince ? 'failing' : 'enabled',
    ...(failingSince ? { failingSince } : {}),
    ...(disabled ? { disabled } : {}),
    secret: {
      number: secret.number,
      ...(until !== undefined && now < new Date(until) ? { previousUntil: until } : {}),
    },
    createdAt,
    createdBy,
  }
}

/** An attempt as it is told of. */
export function deliveryView({ time, ...attempt }: WebhookAttempt): z.infer<typeof DeliveryView> {
  return DeliveryView.parse({ ...attempt, at: time })
}
