const place = 'has-files'

/** Whether the queue was not empty when it was last seen: it takes a moment until it is here again. */
export function hadSome(): boolean {
  try {
    return localStorage.getItem(place) !== null
  } catch {
    return false
  }
}

export function rememberSome(some: boolean): void {
  try {
    if (some) localStorage.setItem(place, 'yes')
    else localStorage.removeItem(place)
  } catch {
    // Then the queue is not kept either.
  }
}
