import { headBytes, JobFailure } from '@pdf-smaller/contracts'
import type { Task } from '@pdf-smaller/task'

export const pdfType = 'application/pdf'
export const onlyPdfs: Accepted = { contentTypes: [pdfType] }

/** Reads the first bytes of a source without taking them away. */
export async function peek(
  source: AsyncIterable<Uint8Array>,
): Promise<{ head: Buffer; all: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]()
  const chunks: Uint8Array[] = []
  for (let size = 0; size < headBytes;) {
    const next = await iterator.next()
    if (next.done) break
    chunks.push(next.value)
    size += next.value.length
  }
  async function* all() {
    yield* chunks
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { head: Buffer.concat(chunks).subarray(0, headBytes), all: all() }
}

/** What files of a type begin with, byte for byte; `.` stands for any. */
const signatures: Record<string, RegExp> = {
  [pdfType]: /%PDF-/,
  'image/jpeg': /^\xff\xd8\xff/,
  'image/png': /^\x89PNG\r\n/,
  'image/webp': /^RIFF....WEBP/s,
  'image/tiff': /^(?:II\*\0|MM\0\*)/,
  'application/xml': /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|[A-Za-z_][\w.-]*(?::[\w.-]+)?[\s>])/,
}

const unknownType = 'application/octet-stream'

/** The content type of a file as its first bytes show it; of types that cannot be told by them, what it is said to be. */
function typeOf(head: Buffer, declared: string): string {
  const bytes = head.toString('latin1')
  const shown = Object.keys(signatures).find((type) => signatures[type]?.test(bytes))
  const said = (declared.split(';', 1)[0] ?? '').trim().toLowerCase()
  return shown ?? (said === '' || said in signatures ? unknownType : said)
}

/** What is taken: some content types, or any where files fail one by one. */
export type Accepted = Pick<Task['inputs'], 'contentTypes' | 'oneByOne'>

/**
 * The content type of a file that is taken.
 * @throws JobFailure empty_file, not_a_pdf, unsupported_media_type
 */
export function acceptedType(
  head: Buffer,
  declared: string,
  { contentTypes: accepted, oneByOne }: Accepted,
  name: string,
): string {
  const type = typeOf(head, declared)
  if (oneByOne) return type
  if (head.length === 0) throw new JobFailure('empty_file', name)
  if (accepted.includes(type)) return type
  if (accepted.length === 1 && accepted.includes(pdfType)) throw new JobFailure('not_a_pdf', name)
  throw new JobFailure(
    'unsupported_media_type',
    `${name} is ${type}, and what is taken is ${accepted.join(', ')}`,
  )
}
