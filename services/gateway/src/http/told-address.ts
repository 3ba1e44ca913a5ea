/** The address of a request as it may be logged: a token in it would open streams to whoever reads the log. */
export function toldAddress(url: string): string {
  return url.replace(/([?&]token=)[^&#]*/gi, '$1(hidden)')
}
