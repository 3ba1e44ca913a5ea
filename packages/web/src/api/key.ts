import { batch, signal } from '@preact/signals'
import { keepKey, keptKey, keyIsToBeAsked } from '../kept-key.ts'

/** The API key of this tab; empty where the server asks for none. */
export const apiKey = signal(keptKey())

/** Whether the server wants a key that it knows, and was shown none. */
export const keyIsMissing = signal(keyIsToBeAsked(apiKey.peek()))
/** Whether the server has shown that it knows the key. */
export const keyIsKnown = signal(false)

/** Statuses of a key that is not known, or is none: so long that no server reads it (RFC 6585, section 5). */
const refusals = [401, 431]

/** Learns from an answer about the key that it was asked with. */
export function learnOfKey(asked: string, status: number): void {
  if (asked !== apiKey.peek()) return
  if (refusals.includes(status)) {
    keyIsMissing.value = true
    keyIsKnown.value = false
  } else if (status < 500) keyIsKnown.value = true
}

/** Whether it can be one: they are sent in a header (RFC 6750, section 2.1). */
export const isKey = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)

/** Shows another key from now on, or none where it is empty. */
export function useKey(key: string): void {
  keepKey(key)
  batch(() => {
    apiKey.value = key
    keyIsMissing.value = keyIsToBeAsked(key)
    keyIsKnown.value = false
  })
}

/** What shows the key to the server. */
export function keyHeaders(): Record<string, string> {
  return apiKey.value ? { authorization: `Bearer ${apiKey.value}` } : {}
}
