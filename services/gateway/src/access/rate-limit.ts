/** How much of its allowance each key has left, in this process. */
export type RateLimits = {
  /**
   * Takes one request from the allowance of a key and tells what is left in the headers.
   * @returns 0, or the seconds until the next request is allowed
   */
  take: (
    key: string,
    perMinute: number,
    nowMs: number,
    setHeader: (name: string, value: string) => void,
  ) => number
}

type Bucket = { tokens: number; filledAtMs: number }

/**
 * A token bucket for each key: it holds a minute's worth and fills steadily.
 * Headers as in draft-ietf-httpapi-ratelimit-headers-11.
 */
export function openRateLimits(): RateLimits {
  const buckets = new Map<string, Bucket>()
  return {
    take: (key, perMinute, nowMs, setHeader) => {
      const bucket = buckets.get(key) ?? { tokens: perMinute, filledAtMs: nowMs }
      buckets.set(key, bucket)
      const grown = (Math.max(0, nowMs - bucket.filledAtMs) * perMinute) / 60_000
      bucket.tokens = Math.min(perMinute, bucket.tokens + grown)
      bucket.filledAtMs = nowMs
      const allowed = bucket.tokens >= 1
      if (allowed) bucket.tokens -= 1
      const secondsUntil = (tokens: number) =>
        Math.ceil((Math.max(0, tokens - bucket.tokens) * 60) / perMinute)
      setHeader('ratelimit-policy', `"requests";q=${perMinute};w=60`)
      setHeader('ratelimit', `"requests";r=${Math.floor(bucket.tokens)};t=${secondsUntil(perMinute)}`)
      if (allowed) return 0
      const wait = Math.max(1, secondsUntil(1))
      setHeader('retry-after', String(wait))
      return wait
    },
  }
}
