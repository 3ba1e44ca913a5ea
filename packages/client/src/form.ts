import { randomText } from './random.ts'

/** A file as it is sent: bytes that can be read again for another try, under a name. */
export type SentFile = { bytes: Blob; name: string }

/** What of a request makes its body. */
export type Body = { body: Blob; headers: Record<string, string> } & typeof sentOnce

/** Without these fetch keeps all that it sends, to send it again after a redirect (Fetch standard, section 4.5). */
const sentOnce = { redirect: 'error', window: null } as const

const contentType = 'application/pdf'

/** A file as a body. */
export function fileBody({ bytes }: SentFile): Body {
  return { body: bytes, headers: { 'content-type': contentType }, ...sentOnce }
}

/**
 * A form as a body (RFC 7578; names are escaped as in the HTML standard, section 4.10.21.8): one Blob, whose parts are
 * read while they are sent. Not FormData, since fetch of Node 24 ends the process (an unhandled rejection) when the
 * answer comes before all of a form was sent.
 */
export function formBody(fields: Record<string, string>, files: readonly SentFile[]): Body {
  const boundary = `form-${randomText()}`
  const part = (about: string, rest: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; ${about}\r\n${rest}`
  const texts = Object.entries(fields).map(([name, value]) =>
    part(`name="${escaped(name)}"`, `\r\n${value}\r\n`),
  )
  const parts = files.flatMap(({ bytes, name }) => [
    part(`name="file"; filename="${escaped(name)}"`, `content-type: ${contentType}\r\n\r\n`),
    bytes,
    '\r\n',
  ])
  return {
    body: new Blob([...texts, ...parts, `--${boundary}--\r\n`]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    ...sentOnce,
  }
}

const escaped = (name: string) => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
