import { signal } from '@preact/signals'

/** What the page shows, as its address says behind `#`. */
export type Route =
  | { view: 'files' }
  | { view: 'jobs'; query: URLSearchParams }
  | { view: 'job'; id: string }
  | { view: 'system'; part: string }
  | { view: 'unknown' }

/** `#/jobs/<id>` and its like as a route. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [view = '', rest = ''] = path.split('/').map(readable)
  if (view === '') return { view: 'files' }
  if (view === 'jobs' && rest !== '') return { view: 'job', id: rest }
  if (view === 'jobs') return { view: 'jobs', query: new URLSearchParams(query) }
  if (view === 'system') return { view: 'system', part: rest }
  return { view: 'unknown' }
}

/** A part of an address, decoded; one that is badly encoded stays as it is. */
function readable(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

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

/** Whether the visitor has moved on within the page: only then focus follows. */
export let hasMoved = false

/** Follows the address from now on. */
export function followAddress(): void {
  route.value = routeOf(location.hash)
  addEventListener('hashchange', () => {
    hasMoved = true
    route.value = routeOf(location.hash)
  })
}

/** Changes the address without a step in the history, as filters do while they are typed. */
export function replaceAddress(hash: string): void {
  history.replaceState(null, '', hash)
  route.value = routeOf(hash)
}
