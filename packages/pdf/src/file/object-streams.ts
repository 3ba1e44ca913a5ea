import { damaged } from '../objects/parse.ts'
import { Tokens } from '../objects/tokens.ts'
import { type Dictionary, isDictionary } from '../objects/pdf-objects.ts'
import type { Budget } from './budget.ts'
import type { Entry } from './cross-reference.ts'
import type { FileBytes } from './file-bytes.ts'
import { indirectAt } from './indirect-object.ts'
import { packedBytes } from './packed-bytes.ts'

const ignored = { reference: () => {}, count: () => {} }

/** The texts of the objects in an object stream, by their number. */
type Members = ReadonlyMap<number, Buffer>

/**
 * Gives the texts of packed objects (ISO 32000-1, 7.5.7). Each stream is unpacked once, and stays so: a document whose
 * objects are packed is about as large as they are.
 * @throws JobFailure damaged_pdf, decompression_bomb
 */
export function openObjectStreams(file: FileBytes, entries: ReadonlyMap<number, Entry>, budget: Budget) {
  const known = new Map<number, Members>()
  return async (stream: number, number: number): Promise<Buffer | undefined> => {
    let members = known.get(stream)
    if (!members) {
      members = await unpacked(stream)
      known.set(stream, members)
    }
    return members.get(number)
  }

  async function unpacked(stream: number): Promise<Members> {
    const entry = entries.get(stream)
    const object = entry?.kind === 'at' ? await indirectAt(file, entry.at, ignored, budget) : undefined
    if (!object || object.number !== stream || !isDictionary(object.value))
      throw damaged(`there is no object stream ${stream}`)
    return membersOf(await packedBytes(file, object, budget), object.value)
  }

  function membersOf(bytes: Buffer, { '/N': count, '/First': first }: Dictionary): Members {
    if (typeof count !== 'number' || typeof first !== 'number' || first < 0 || first > bytes.length)
      throw damaged('an object stream does not tell where its objects are')
    const head = new Tokens(bytes.subarray(0, first))
    const places: { number: number; at: number }[] = []
    for (let each = 0; each < count; each++) {
      if (head.next() !== 'number') break
      const number = Number(head.text())
      if (head.next() !== 'number') break
      budget.addRows(1)
      places.push({ number, at: first + Number(head.text()) })
    }
    // An object ends where the next one begins, in whatever order they are told of.
    places.sort((one, other) => one.at - other.at)
    return new Map(
      places.map(({ number, at }, index) => [
        number,
        bytes.subarray(at, places[index + 1]?.at ?? bytes.length),
      ]),
    )
  }
}
