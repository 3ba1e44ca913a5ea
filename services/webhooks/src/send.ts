import { attemptLog, type WebhookAttempt } from '@pdf-smaller/contracts'
import {
  changeEndpoint,
  type Endpoint,
  retryOf,
  secretOf,
  sendAt,
  signatures,
  signingSecret,
} from '@pdf-smaller/endpoints'
import { uuidv7 } from 'uuidv7'
import { announceDisabled } from './announce-disabled.ts'
import type { Message } from './message.ts'
import type { Parts } from './parts.ts'
import type { Answer } from './post.ts'
import { type Verdict, verdictOf } from './schedule.ts'

/** A message on its way to an endpoint. */
export type Sending = {
  endpoint: Endpoint
  url: string
  message: Message
  /** Attempts made before, the first of them at this time. */
  attempts: number
  firstAt: Date | undefined
  generation: number
  /** Once, without consequences. */
  byHand: boolean
}

/** This process has another key than the one that the endpoint's secret was made with. */
export class OtherKey extends Error {
  override readonly name = 'OtherKey'
}

/**
 * Makes one attempt, writes it down together with what follows, and stops or frees the endpoint by it.
 * @throws OtherKey before anything is sent; StoreUnavailable, when the attempt is made again with the same `webhook-id`
 */
export async function send(parts: Parts, sending: Sending): Promise<void> {
  const { endpoint, url, message, byHand } = sending
  const at = parts.clock()
  const answer = await parts.post.send(url, headersOf(parts, endpoint, message, at), message.body)
  const attempts = sending.attempts + 1
  const firstAt = sending.firstAt ?? at
  const now = parts.clock()
  const { pace } = parts
  const given = verdictOf({ answer, firstAt, attempts, endpoint, now, random: parts.random(), pace })
  const verdict: Verdict = byHand && given.kind !== 'delivered' ? { kind: 'given up' } : given
  // Of the addresses of requests none says anything of the others.
  const isAbout = endpoint.url !== undefined
  // Before the retry is there: what frees the endpoint has to find that it fails.
  if (isAbout && !byHand && verdict.kind !== 'delivered' && verdict.kind !== 'disable')
    await countFailure(parts, endpoint, now)
  await writeDown(parts, { ...sending, attempts, firstAt }, { at, answer, verdict })
  const seconds = answer.ms / 1000
  parts.metrics.webhookAttempts.observe({ outcome: outcomeOf(verdict) }, seconds)
  if (isAbout && verdict.kind === 'delivered') await recover(parts, endpoint)
  if (isAbout && verdict.kind === 'disable') await disable(parts, endpoint, verdict.because)
}

/** @throws OtherKey */
function headersOf(
  parts: Parts,
  endpoint: Endpoint,
  { id, body }: Message,
  at: Date,
): Record<string, string> {
  const { secret } = endpoint
  const { print } = signingSecret(parts.key, endpoint.id, secret.number)
  if (print !== secret.print)
    throw new OtherKey(
      `the secret of the webhook ${endpoint.id} was made with another key than this process has: ` +
        'PDF_SMALLER_WEBHOOK_KEY_FILE has to be the same for gateways and webhooks',
    )
  const { previous } = secret
  const isOld = previous !== undefined && at < new Date(previous.until)
  const numbers = [secret.number, ...(isOld ? [previous.number] : [])]
  const secrets = numbers.map((number) => secretOf(parts.key, endpoint.id, number))
  const seconds = Math.floor(at.getTime() / 1000)
  return {
    'content-type': 'application/json',
    'user-agent': 'PDF-Smaller-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures(secrets, { id, seconds, body }),
  }
}

type Tried = { at: Date; answer: Answer; verdict: Verdict }

function outcomeOf({ kind }: Verdict): WebhookAttempt['outcome'] {
  return kind === 'delivered' || kind === 'given up' ? kind : 'failed'
}

/** Stores the attempt, and with it the schedule of the next one. */
async function writeDown(
  { stores, worker, waiting }: Parts,
  sending: Sending & { firstAt: Date },
  { at, answer, verdict }: Tried,
): Promise<void> {
  const { endpoint, message, attempts, firstAt, generation, byHand } = sending
  const { sequence } = message
  const entry = {
    stream: attemptLog(endpoint.tenant, endpoint.id),
    name: 'made',
    event: attemptOf(sending, { at, answer, verdict }, worker),
    // Somebody has sent by hand what waits for a retry.
    ...(byHand && sequence !== undefined && verdict.kind === 'delivered'
      ? { endsSchedule: retryOf(endpoint, sequence) }
      : {}),
  }
  if (!('at' in verdict) || sequence === undefined) {
    await stores.deliveries.append([entry])
    if (sequence !== undefined && (!byHand || verdict.kind === 'delivered'))
      waiting.remove(endpoint.id, sequence)
    return
  }
  const due = { sequence, attempts, firstAt: firstAt.toISOString(), generation }
  await stores.deliveries.append([entry, sendAt(endpoint, due, verdict.at)])
  waiting.add(endpoint.id, sequence)
}

function attemptOf(
  { url, message, attempts, byHand }: Sending,
  { at, answer, verdict }: Tried,
  worker: string,
): WebhookAttempt {
  const { sequence, jobId } = message
  return {
    id: uuidv7(),
    time: at.toISOString(),
    type: 'made',
    messageId: message.id,
    eventType: message.type,
    ...(sequence === undefined ? {} : { sequence }),
    ...(jobId === undefined ? {} : { jobId }),
    origin: new URL(url).origin,
    attempt: attempts,
    outcome: byHand && verdict.kind === 'given up' ? 'failed' : outcomeOf(verdict),
    ms: answer.ms,
    ...(answer.kind === 'answered'
      ? { status: answer.status, answer: answer.begins }
      : { error: answer.why }),
    ...(verdict.kind === 'again' ? { nextAt: verdict.at.toISOString() } : {}),
    worker,
  }
}

/** Lets an endpoint be told again that failed until now. @throws StoreUnavailable */
export async function recover({ stores, streaks }: Parts, endpoint: Endpoint): Promise<void> {
  streaks.ended(endpoint.id)
  if (endpoint.failingSince === undefined) return
  await changeEndpoint(stores.endpoints, endpoint, ({ failingSince }) =>
    failingSince === undefined ? undefined : { type: 'recovered', data: {} },
  )
}

/** So many failures in a row say that the endpoint takes nothing. */
async function countFailure({ stores, streaks }: Parts, endpoint: Endpoint, now: Date): Promise<void> {
  const since = streaks.failed(endpoint.id, now)
  if (since === undefined || endpoint.failingSince !== undefined) return
  await changeEndpoint(stores.endpoints, endpoint, ({ failingSince, disabled, generation }) => {
    if (failingSince !== undefined || disabled || generation !== endpoint.generation) return undefined
    return { type: 'failing', data: { since: since.toISOString() } }
  })
}

async function disable(
  parts: Parts,
  endpoint: Endpoint,
  because: Extract<Verdict, { kind: 'disable' }>['because'],
): Promise<void> {
  parts.log.warn({ webhook: endpoint.id, tenant: endpoint.tenant, because }, 'a webhook is disabled')
  await announceDisabled(parts, endpoint, because)
  await changeEndpoint(parts.stores.endpoints, endpoint, ({ disabled, generation }) => {
    if (disabled || generation !== endpoint.generation) return undefined
    const since = endpoint.failingSince
    return { type: 'disabled', data: { because, ...(since === undefined ? {} : { since }) } }
  })
  parts.streaks.ended(endpoint.id)
}
