import type { SentFile } from './form.ts'

/** Bytes to send. A stream is read to its end before it is sent, so that it can be sent again. */
export type Bytes = Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>

/** A file to send; without a name of its own it is called `file.pdf`. */
export type Source = Bytes | { content: Bytes; name: string }

/** A file that is ready to be sent, and what is to be done once it has been. */
export type HeldFile = SentFile & { release?: () => Promise<void> }

/** Makes what a program names ready to be sent. @param signal ends the reading of a stream */
export type Hold<Given> = (given: Given, signal: AbortSignal | undefined) => Promise<HeldFile>

const usualName = 'file.pdf'

/** A source taken apart. */
export function namedBytes(source: Source): { content: Bytes; name: string } {
  if ('content' in source) return source
  return { content: source, name: source instanceof File ? source.name : usualName }
}

/** Holds streams in memory, which is what every platform has. */
export const holdInMemory: Hold<Source> = async (source, signal) => {
  const { content, name } = namedBytes(source)
  return { name, bytes: await inMemory(content, signal) }
}

async function inMemory(content: Bytes, signal: AbortSignal | undefined): Promise<Blob> {
  if (content instanceof Blob) return content
  const parts: Uint8Array<ArrayBuffer>[] = []
  const take = (part: Uint8Array) => void parts.push(part.slice())
  if (content instanceof ReadableStream)
    await content.pipeTo(new WritableStream({ write: take }), signal ? { signal } : {})
  else
    for await (const part of content) {
      signal?.throwIfAborted()
      take(part)
    }
  return new Blob(parts)
}

/** Has files ready while something is done with them. */
export async function holding<Given, T>(
  { hold, given, signal }: { hold: Hold<Given>; given: readonly Given[]; signal: AbortSignal | undefined },
  use: (files: readonly SentFile[]) => Promise<T>,
): Promise<T> {
  const held: HeldFile[] = []
  try {
    for (const each of given) held.push(await hold(each, signal))
    return await use(held)
  } finally {
    for (const { release } of held) await release?.()
  }
}
