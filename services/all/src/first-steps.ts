/** What a new user is told when the system is up. */
/** @param natsUrl where integrators reach the event store */
export function firstSteps(url: string, natsUrl: string): string {
  return `
PDF Smaller is ready at ${url}   (API: ${url}/docs, stop with Ctrl-C)

Make a PDF smaller:
  curl -F file=@examples/brochure.pdf -H 'Prefer: wait=30' ${url}/api/tasks/compress/jobs
or
  ./pdf-smaller compress examples/brochure.pdf -o small.pdf

Follow every event: GET ${url}/api/events, or over NATS at ${natsUrl}
with credentials of POST ${url}/api/event-consumers

`
}
