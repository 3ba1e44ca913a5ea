import { signal } from '@preact/signals'
import { type Route, routeOf } from './route-of.ts'

export const addressOf = {
  files: () => '#/',
  jobs: (query: Record<string, string> = {}) => {
    const told = new URLSearchParams(query).toString()
    return told ? `#/jobs?${told}` : '#/jobs'
  },
  job: (id: string) => `#/jobs/${encodeURIComponent(id)}`,
  system: (part = '') => (part ? `#/system/${encodeURIComponent(part)}` : '#/system'),
}

export const route = signal<Route>({ view: 'files' })

/** Whether the visitor has moved on within the page: only then focus follows, and views come softly. */
export let hasMoved = false

/** Follows the address from now on. */
export function followAddress(): void {
  route.value = routeOf(location.hash)
  addEventListener('hashchange', () => {
    hasMoved = true
    document.documentElement.dataset['moved'] = ''
    route.value = routeOf(location.hash)
  })
}

/** Changes the address without a step in the history, as filters do while they are typed. */
export function replaceAddress(hash: string): void {
  history.replaceState(null, '', hash)
  route.value = routeOf(hash)
}
