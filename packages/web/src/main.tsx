import { effect } from '@preact/signals'
import { render } from 'preact'
import { apiKey, keyIsKnown } from './api/key.ts'
import { entries, isOpened } from './queue/entries.ts'
import { rememberSome } from './queue/had-some.ts'
import { openQueue } from './queue/queue.ts'
import { followAddress } from './routing.ts'
import { keepFocus } from './shell/keep-focus.ts'
import { Shell } from './shell/shell.tsx'
import { followAnew, followJobs } from './state/jobs.ts'
import { followChains } from './tasks/chain.ts'
import { followWishes } from './wishes.ts'

/** Puts the page in the place of what the document has shown until now. */
export function start(): void {
  followWishes()
  followAddress()
  const place = document.getElementById('page')
  if (place) {
    // What the document has shown until now looks the same, and can do nothing.
    place.replaceChildren()
    place.inert = false
    render(<Shell />, place)
    keepFocus(place)
    delete document.documentElement.dataset['first']
  }
  // For whoever measures: from here on it can be used.
  performance.mark('page-is-usable')

  // What is seen comes first; what belongs to one key is not shown under another one.
  followJobs()
  followChains()
  effect(() => void openQueue(apiKey.value, keyIsKnown.value))
  effect(() => {
    if (isOpened.value) rememberSome(entries.value.length > 0)
  })
  let key = apiKey.peek()
  effect(() => {
    if (apiKey.value === key) return
    key = apiKey.value
    followAnew()
  })
}
