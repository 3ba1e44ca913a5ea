import { signal } from '@preact/signals'

const place = 'api-key'

/** The API key of this tab; empty where the server asks for none. It is never part of an address. */
export const apiKey = signal(sessionStorage.getItem(place) ?? '')

/** Whether the server has refused for want of a key that it knows. */
export const keyIsMissing = signal(false)

export function useKey(key: string): void {
  sessionStorage.setItem(place, key)
  apiKey.value = key
  keyIsMissing.value = false
}

export function forgetKey(): void {
  sessionStorage.removeItem(place)
  apiKey.value = ''
}

/** What shows the key to the server. */
export function keyHeaders(): Record<string, string> {
  return apiKey.value ? { authorization: `Bearer ${apiKey.value}` } : {}
}
