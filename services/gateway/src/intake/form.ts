import type { Readable } from 'node:stream'
import type { Multipart } from '@fastify/multipart'
import { JobFailure } from '@pdf-smaller/contracts'
import type { FastifyRequest } from 'fastify'

/** A file of a form, to be read at once: the form goes on behind it. */
export type FormFile = { name: string; contentType: string; content: AsyncIterable<Uint8Array> }

/** The object store counts the bytes of a file and refuses too many; the parser would cut it off, and say so only aside. */
const limits = { fieldNameSize: 100, fieldSize: 64 * 1024, fields: 100, fileSize: Infinity }

/**
 * Reads a multipart form as it arrives. Files, the parts named `file`, are handed on one after the other;
 * a field that stands there several times becomes a list.
 * @param signal ends the form with the signal's reason
 * @returns the fields
 * @throws JobFailure broken_upload, invalid_request, or what `onFile` throws
 */
export async function readForm(
  request: Pick<FastifyRequest, 'parts'>,
  signal: AbortSignal,
  onFile: (file: FormFile) => Promise<void>,
): Promise<Record<string, unknown>> {
  const fields = new Map<string, unknown>()
  const parts = request.parts({ limits })
  for (;;) {
    const part = await nextPart(parts, signal)
    if (!part) return Object.fromEntries(fields)
    if (part.type === 'field') {
      const before = fields.get(part.fieldname)
      const value = fieldValue(part)
      fields.set(part.fieldname, before === undefined ? value : [before, value].flat())
      continue
    }
    const { file, filename, mimetype: contentType } = part
    const end = () => file.destroy(signal.reason)
    signal.addEventListener('abort', end, { once: true })
    try {
      if (part.fieldname !== 'file')
        throw new JobFailure('invalid_request', `the file part "${part.fieldname}" is not named "file"`)
      await onFile({ name: unescaped(filename) || 'file', contentType, content: contentOf(file) })
    } finally {
      file.destroy()
      signal.removeEventListener('abort', end)
    }
  }
}

/** A file name as it was before it was put into a form: these three alone are escaped (HTML, section 4.10.21.8). */
function unescaped(name: string): string {
  return name.replaceAll(/%(0A|0D|22)/gi, decodeURIComponent)
}

/** The next part; an error here is one of the form itself. */
async function nextPart(
  parts: AsyncIterableIterator<Multipart>,
  signal: AbortSignal,
): Promise<Multipart | undefined> {
  let onAbort: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
  })
  try {
    const next = await Promise.race([parts.next(), aborted])
    return next.done ? undefined : next.value
  } catch (error) {
    if (error instanceof JobFailure) throw error
    if (error instanceof Error && 'statusCode' in error) throw error
    throw new JobFailure('broken_upload', error instanceof Error ? error.message : '', { cause: error })
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort)
  }
}

function fieldValue({ fieldname, value, valueTruncated }: Extract<Multipart, { type: 'field' }>): unknown {
  if (valueTruncated) throw new JobFailure('invalid_request', `the field "${fieldname}" is too long`)
  return value
}

/** The bytes of a file; when they end early, it is the client's doing or the watchdog's. */
export async function* contentOf(file: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* file
  } catch (cause) {
    throw cause instanceof JobFailure ? cause : new JobFailure('broken_upload', '', { cause })
  }
}
