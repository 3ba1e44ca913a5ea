import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { text } from 'node:stream/consumers'
import type { ClientOptions } from 'minio'
import { S3Refusal } from './s3-errors.ts'

/** How long a store may leave a request without any byte. A delete may wait 30 s for a slow reader on MinIO. */
const answerMs = 60_000

/** An idle connection is given up after 5 s, before any store does so: a request on a closed one would fail. */
export function agentOf(secure: boolean, ca: string | undefined): http.Agent {
  const options = { keepAlive: true, scheduling: 'lifo' as const, timeout: 5000 }
  return secure
    ? new https.Agent({ ...options, ...(ca === undefined ? {} : { ca }) })
    : new http.Agent(options)
}

type Transport = NonNullable<ClientOptions['transport']>

/** Turns every refusal into an error that carries the store's own code, and ends requests that nobody answers. */
export function transportOf(secure: boolean): Transport {
  const request = (
    options: http.RequestOptions | string | URL,
    onAnswer?: http.RequestOptions | ((answer: IncomingMessage) => void),
  ): ClientRequest => {
    if (typeof options === 'string' || options instanceof URL) throw new TypeError('only options are taken')
    const sent = (secure ? https : http).request({ ...options, timeout: answerMs }, (answer) => {
      const { statusCode = 0 } = answer
      if (statusCode < 400) {
        if (typeof onAnswer === 'function') onAnswer(answer)
        return
      }
      void refusalOf(answer, statusCode).then((refusal) => {
        sent.emit('error', refusal)
        // The rest of a body that the store does not want.
        if (!sent.writableFinished) sent.destroy()
      })
    })
    return sent.on('timeout', () => sent.destroy(new Error(`no answer for ${answerMs / 1000} s`)))
  }
  return { request }
}

async function refusalOf(answer: IncomingMessage, status: number): Promise<S3Refusal> {
  const body = await text(answer).catch(() => '')
  const code = answer.headers['x-minio-error-code']
  return S3Refusal.read(status, body, typeof code === 'string' ? code : undefined)
}
