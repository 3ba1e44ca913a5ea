import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { App } from '../context.ts'

/** What is shorter fits into a packet or two as it is. */
const leastBytes = 1400
const packed = promisify(gzip)

/** Packs answers in JSON for whoever takes that. Files are what they are, and streams have to come through at once. */
export function compressJson(app: App): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' || typeof payload !== 'string' || payload.length < leastBytes) return payload
    if (!/^application\/([\w.-]+\+)?json\b/.test(String(reply.getHeader('content-type')))) return payload
    const vary = reply.getHeader('vary')
    void reply.header('vary', vary ? `${String(vary)}, accept-encoding` : 'accept-encoding')
    if (!takesGzip(request.headers['accept-encoding'])) return payload
    void reply.header('content-encoding', 'gzip').removeHeader('content-length')
    return packed(payload)
  })
}

/** Whether gzip is named with a weight above 0 (RFC 9110, section 12.5.3). */
export function takesGzip(header: string | string[] | undefined): boolean {
  return codingsTaken(header)('gzip')
}

/** Which content codings a header `accept-encoding` takes: those that it names with a weight above 0. */
export function codingsTaken(header: string | string[] | undefined): (coding: string) => boolean {
  const weights = new Map(
    String(header ?? '')
      .split(',')
      .map((each) => {
        const [coding = '', ...about] = each
          .trim()
          .toLowerCase()
          .split(/\s*;\s*/)
        const weight = about.find((one) => one.startsWith('q='))?.slice(2)
        return [coding.replace(/^x-gzip$/, 'gzip'), weight === undefined ? 1 : Number(weight)]
      }),
  )
  return (coding) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0
}
