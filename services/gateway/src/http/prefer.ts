/** The longest wait for an outcome that a request may ask for, seconds. */
export const longestWait = 60

/** The `wait` preference of a request in seconds (RFC 7240), cut to what is allowed; undefined where there is none. */
export function preferredWait(prefer: string | string[] | undefined): number | undefined {
  const given = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9})/i.exec(String(prefer ?? ''))?.[1]
  return given === undefined ? undefined : Math.min(Number(given), longestWait)
}
