const place = 'api-key'

/** The API key of this tab; empty where none was shown. It is never part of an address. */
export function keptKey(): string {
  try {
    return sessionStorage.getItem(place) ?? ''
  } catch {
    // A browser that keeps nothing asks for it anew.
    return ''
  }
}

/** Keeps a key until the tab is closed, or forgets the one that is kept where it is empty. */
export function keepKey(key: string): void {
  try {
    if (key) sessionStorage.setItem(place, key)
    else sessionStorage.removeItem(place)
  } catch {
    // It lasts as long as the page.
  }
}

/** Whether the server has said, in its document, that it does nothing without a key, and none is shown. */
export const keyIsToBeAsked = (key: string): boolean =>
  key === '' && document.documentElement.dataset['asksKey'] !== undefined
