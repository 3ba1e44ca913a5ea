import type { IncomingHttpHeaders } from 'node:http'

const methods = 'GET, HEAD, POST, PUT, DELETE'
const requestHeaders =
  'authorization, content-type, idempotency-key, if-none-match, if-range, last-event-id, prefer, range, traceparent'
const answerHeaders =
  'content-disposition, content-range, etag, idempotent-replayed, location, preference-applied, ratelimit, ratelimit-policy, retry-after, traceparent'
/** How long a browser may go by an answer to its question, s. */
const remembered = 600

/**
 * What lets a page of an allowed origin read an answer (Fetch standard, section 3.3). Cookies are not used, so none
 * are allowed; the key comes in a header, which a page has to have.
 */
export function corsHeaders(
  origins: ReadonlySet<string>,
  { origin }: IncomingHttpHeaders,
): Record<string, string> {
  if (origins.size === 0) return {}
  const vary = { vary: 'origin' }
  if (origin === undefined || !origins.has(origin)) return vary
  return { ...vary, 'access-control-allow-origin': origin, 'access-control-expose-headers': answerHeaders }
}

/** What a browser is told that asks before its request; nothing where it does not ask, or its page is not allowed. */
export function preflightHeaders(
  origins: ReadonlySet<string>,
  headers: IncomingHttpHeaders,
): Record<string, string> {
  const { origin, 'access-control-request-method': method } = headers
  if (method === undefined || origin === undefined || !origins.has(origin)) return {}
  return {
    'access-control-allow-methods': methods,
    'access-control-allow-headers': requestHeaders,
    'access-control-max-age': String(remembered),
  }
}
