import type { Upload as UploadContract } from '@pdf-smaller/contracts/http'
import { apiKey, keyHeaders, learnOfKey } from '../api/key.ts'
import { partOf, z } from '../api/parts.ts'
import { jsonOf, strangeAnswer, troubleOf, unreachable, unreadable } from '../api/trouble.ts'

const Upload = partOf<UploadContract>()(z.object({ uploadId: z.string(), contentType: z.string() }))
export type Upload = z.output<typeof Upload>

/** Random, as RFC 9562 has it (version 4); `crypto.randomUUID` is not there on plain HTTP. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/**
 * Sends a file to the gateway. XMLHttpRequest alone tells how much of a body has gone.
 * @throws Trouble; the reason of the signal when that aborts
 */
export function sendFile(
  file: Blob,
  name: string,
  { onSent, signal }: { onSent: (bytes: number) => void; signal: AbortSignal },
): Promise<Upload> {
  const request = new XMLHttpRequest()
  const key = apiKey.peek()
  request.open('PUT', `/api/uploads/${newId()}?${new URLSearchParams({ name })}`)
  for (const [header, value] of Object.entries(keyHeaders())) request.setRequestHeader(header, value)
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.upload.addEventListener('progress', ({ loaded }) => onSent(loaded))
  signal.addEventListener('abort', () => request.abort(), { once: true })
  return new Promise((resolve, reject) => {
    request.addEventListener('error', () => void whyNotSent(file).then(reject))
    request.addEventListener('abort', () => reject(signal.reason ?? unreachable()))
    request.addEventListener('load', () => {
      const { status, responseText } = request
      learnOfKey(key, status)
      if (status < 200 || status > 299) return reject(troubleOf(status, responseText))
      const parsed = Upload.safeParse(jsonOf(responseText))
      if (parsed.success) resolve(parsed.data)
      else reject(strangeAnswer())
    })
    // Browsers may send a file by its path, which only the tab may read that it was chosen in; a part of it goes by itself.
    request.send(file.slice())
  })
}

/** A request that fails says nothing of why: the file may have changed since it was chosen, or be a folder. */
const whyNotSent = (file: Blob) => file.slice(0, 1).arrayBuffer().then(unreachable, unreadable)
