import { decode } from '../streams/decode.ts'
import { orAsItIs } from '../streams/or-as-it-is.ts'
import type { PdfStream, WorkingCopy } from './working-copy.ts'

/**
 * The bytes of a stream without its filters; undefined where they cannot be undone.
 * @param mostBytes what it may unpack to
 * @throws JobFailure decompression_bomb
 */
export async function plainStream(
  stream: PdfStream,
  copy: WorkingCopy,
  mostBytes: number,
): Promise<Buffer | undefined> {
  const raw = await copy.read(stream)
  const bytes = await orAsItIs(() => decode(raw, stream.dictionary, copy, mostBytes))
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
