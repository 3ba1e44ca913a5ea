import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { hash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { Client, type ClientOptions } from 'minio'
import { S3Refusal } from './s3-errors.ts'
import { agentOf, transportOf } from './s3-transport.ts'

export type S3Address = {
  /** `http(s)://host[:port]` */
  endpoint: string
  region: string
  bucket: string
  accessKey: string
  secretKey: string
  sessionToken?: string | undefined
  /** The bucket in the path (all self-hosted stores) or in the host name. */
  pathStyle: boolean
  /** PEM certificates of the authorities to trust. */
  ca?: string | undefined
}

export type S3Request = {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  key: string
  query?: string
  headers?: Record<string, string>
  /** A stream is sent once; everything else is sent again when the store says that it is busy. */
  body?: string | Buffer | { stream: Readable; size: number; sha256: string }
}

export type S3Connection = {
  client: Client
  bucket: string
  /** Sends one signed request; the body of the answer is the caller's to read. */
  send: (request: S3Request) => Promise<IncomingMessage>
  /** Sends one and reads the answer. @throws S3Refusal also for a failure told in the body of a 200 */
  call: (request: S3Request) => Promise<string>
  close: () => void
}

const busyPauseMs = 200

/** The `minio` client signs and knows the API; the transport below it is our own. */
export function connectS3(address: S3Address): S3Connection {
  const { bucket, region } = address
  const secure = address.endpoint.startsWith('https:')
  const agent = agentOf(secure, address.ca)
  const client = new Client({
    ...clientOptions(address),
    transport: transportOf(secure),
    transportAgent: agent,
  })
  const sendOnce = ({ method, key, query = '', headers = {}, body = '' }: S3Request) => {
    const whole = typeof body === 'string' || Buffer.isBuffer(body)
    const [payload, size] = whole ? [body, Buffer.byteLength(body)] : [body.stream, body.size]
    // Over TLS the client does not sign the body.
    const sha256 = secure ? '' : whole ? hash('sha256', body) : body.sha256
    return client.makeRequestStreamAsync(
      {
        method,
        bucketName: bucket,
        objectName: key,
        query,
        headers: { ...headers, ...(method === 'PUT' || method === 'POST' ? { 'content-length': size } : {}) },
      },
      payload,
      sha256,
      [200, 204, 206],
      region,
    )
  }
  const send = (request: S3Request) => {
    const isStream = typeof request.body === 'object' && !Buffer.isBuffer(request.body)
    return isStream ? sendOnce(request) : patiently(() => sendOnce(request))
  }
  const call = async (request: S3Request) => {
    const answer = await send(request)
    const body = await text(answer)
    // A copy or a completion may fail after the 200 was sent.
    if (body.includes('<Error>')) throw S3Refusal.read(500, body)
    return body
  }
  return { client, bucket, send, call, close: () => agent.destroy() }
}

/** Asks a store that says it is busy once more. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof S3Refusal) || !error.isBusy) throw error
    await new Promise((resolve) => setTimeout(resolve, busyPauseMs))
    return ask()
  }
}

/** A client that signs addresses for others and never connects. */
export function signerOf(address: S3Address): Client {
  return new Client(clientOptions(address))
}

function clientOptions({ endpoint, ...address }: S3Address): ClientOptions {
  const { protocol, hostname, port, pathname } = new URL(endpoint)
  if ((protocol !== 'http:' && protocol !== 'https:') || pathname !== '/') {
    throw new TypeError(`${endpoint} is no address of an S3 store: http(s)://host[:port] is needed`)
  }
  const { accessKey, secretKey, sessionToken, region, pathStyle } = address
  return {
    endPoint: hostname,
    ...(port ? { port: Number(port) } : {}),
    useSSL: protocol === 'https:',
    accessKey,
    secretKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    region,
    pathStyle,
    // Its retries would send a used-up stream again, hide the store's own code and write to the console.
    retryOptions: { disableRetry: true },
  }
}
