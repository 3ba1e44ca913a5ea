/** Nobody waits for longer, whatever a server says. */
const longestMs = 86_400_000

/**
 * How long a server asks to be left alone, in milliseconds: `retry-after-ms` (of OpenAI's), else `Retry-After` in seconds or
 * as an HTTP date (RFC 9110 §10.2.3); undefined where it says nothing that can be understood.
 */
export function retryAfterMs(headers: Headers, now: Date): number | undefined {
  const ms = decimal(headers.get('retry-after-ms'))
  if (ms !== undefined) return Math.min(ms, longestMs)
  const given = headers.get('retry-after')
  const seconds = decimal(given)
  if (seconds !== undefined) return Math.min(seconds * 1000, longestMs)
  // A number is no date, though Date.parse takes some for one.
  const at = given && /[A-Za-z]/.test(given) ? Date.parse(given) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, at - now.getTime()), longestMs)
}

const decimal = (text: string | null) =>
  text !== null && /^\s*\d{1,15}(\.\d{1,9})?\s*$/.test(text) ? Number(text) : undefined
