/** What people know their way by: none of these does anything when a key is pressed on it. */
const places = 'li, article, tr, form, section, dialog, [role="tabpanel"], main'

type Place = readonly (Element | null)[]

/**
 * Where what has focus is taken away, as with the line of a file, focus goes on to what stands around it, or in its place: to
 * the next line, the one before, the list. It never comes to rest on something that a key pressed meanwhile would set off.
 */
export function keepFocus(page: Element): void {
  let focused: Element | undefined
  let around: readonly Place[] = []
  page.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return
    focused = target
    around = placesAround(target)
  })
  page.addEventListener('focusout', ({ target }) => {
    // Some browsers tell of what is taken away, too, just before it is.
    queueMicrotask(() => {
      if (target === focused && focused?.isConnected) focused = undefined
    })
  })
  const follow = () => {
    if (!focused || focused.isConnected || document.activeElement !== document.body) return
    focused = undefined
    const place = around.map(whatStays).find((each) => each !== undefined)
    if (place instanceof HTMLElement) rest(place)
  }
  new MutationObserver(follow).observe(page, { childList: true, subtree: true })
}

/** The places that an element is in, the innermost first; each with those that stand beside it, where they are of its kind. */
function placesAround(element: Element): Place[] {
  const place = element.closest(places)
  if (!place) return []
  const beside = [place.nextElementSibling, place.previousElementSibling]
  const alike = beside.filter((each) => each?.tagName === place.tagName)
  return [[place, ...alike], ...placesAround(place.parentElement ?? document.body)]
}

const whatStays = (place: Place) => place.find((each) => each?.isConnected) ?? undefined

/** Gives focus to what can have none by itself, for as long as it stays there. */
function rest(place: HTMLElement): void {
  if (!place.hasAttribute('tabindex')) {
    place.tabIndex = -1
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true })
  }
  place.focus({ preventScroll: true })
}
