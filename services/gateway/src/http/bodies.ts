import type { FastifyRequest } from 'fastify'
import type { App } from '../context.ts'

/** Reads bodies that are JSON; a body that has no bytes is none, and other types are refused by their routes. */
export function readBodies(app: App): void {
  const readJson = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null)
    else void readJson(request, body.toString(), done)
  })
}

/** Whether a request says that nothing follows its headers; then it does not matter of what type that would be. */
export function hasNoBody({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
}
