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
