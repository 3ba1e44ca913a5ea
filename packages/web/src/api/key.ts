import { batch, signal } from '@preact/signals'

const place = 'api-key'

/** The API key of this tab; empty where the server asks for none. It is never part of an address. */
export const apiKey = signal(kept())

function kept(): string {
  try {
    return sessionStorage.getItem(place) ?? ''
  } catch {
    // A browser that keeps nothing asks for it anew.
    return ''
  }
}

/** Whether the server has refused for want of a key that it knows. */
export const keyIsMissing = signal(false)
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

export function useKey(key: string): void {
  try {
    sessionStorage.setItem(place, key)
  } catch {
    // It lasts as long as the page.
  }
  show(key)
}

export function forgetKey(): void {
  try {
    sessionStorage.removeItem(place)
  } catch {
    // It was not kept.
  }
  show('')
}

function show(key: string): void {
  batch(() => {
    apiKey.value = key
    keyIsMissing.value = false
    keyIsKnown.value = false
  })
}

/** What shows the key to the server. */
export function keyHeaders(): Record<string, string> {
  return apiKey.value ? { authorization: `Bearer ${apiKey.value}` } : {}
}
