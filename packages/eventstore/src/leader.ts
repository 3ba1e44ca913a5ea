import { z } from 'zod'
import { ApiError, storeError, StoreRefused } from './errors.ts'
import type { Request } from './requester.ts'

/** A stored message as the leader gives it. */
export type LeadersMessage = {
  subject: string
  sequence: number
  /** When it was stored, by the clock of the leader. */
  storedAtMs: number
  string: () => string
  json: () => unknown
}

type Query = { seq: number; next_by_subj?: string } | { last_by_subj: string }

const Answer = z.object({
  message: z
    .object({ subject: z.string(), seq: z.number(), time: z.string(), data: z.string().optional() })
    .optional(),
  error: ApiError.optional(),
})

const timeoutMs = 3000
const nothingFound = 404

/**
 * Asks the server that leads the stream for one message. It alone is sure to have all that was acknowledged: a direct get is
 * answered by any replica, which may be behind (NATS ADR-31).
 * @returns undefined where there is none
 * @throws StoreUnavailable, also while there is no leader; StoreRefused
 */
export async function askLeader(
  { request, streamName }: { request: Request; streamName: string },
  query: Query,
): Promise<LeadersMessage | undefined> {
  const asked = JSON.stringify({ ...query, no_hdr: true })
  const reply = await request(`$JS.API.STREAM.MSG.GET.${streamName}`, asked, { timeoutMs })
  const { message, error } = answerIn(reply)
  if (error?.code === nothingFound) return undefined
  if (error) throw storeError(error)
  if (!message) return undefined
  const string = () => Buffer.from(message.data ?? '', 'base64').toString()
  return {
    subject: message.subject,
    sequence: message.seq,
    storedAtMs: Date.parse(message.time),
    string,
    json: () => JSON.parse(string()),
  }
}

function answerIn(reply: { json: () => unknown }): z.infer<typeof Answer> {
  try {
    return Answer.parse(reply.json())
  } catch (cause) {
    throw new StoreRefused('the event store answered what is no message', 0, { cause })
  }
}

/** The sequence of the newest message under a filter, as the leader has it; 0 where there is none. */
export async function newestSequence(
  source: Parameters<typeof askLeader>[0],
  filter: string,
): Promise<number> {
  return (await askLeader(source, { last_by_subj: filter }))?.sequence ?? 0
}
