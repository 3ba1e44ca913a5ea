import { damaged } from '../objects/parse.ts'
import type { Dictionary } from '../objects/pdf-objects.ts'
import type { Budget } from './budget.ts'
import type { Section } from './section.ts'
import { Rows } from './entries.ts'
import type { FileBytes } from './file-bytes.ts'
import { indirectAt } from './indirect-object.ts'
import { packedBytes } from './packed-bytes.ts'

const ignored = { reference: () => {}, count: () => {} }
/** Bytes of a number in a row: more than any offset takes. */
const mostWidth = 8

/**
 * Reads a cross-reference stream (ISO 32000-1, 7.5.8); its dictionary is the trailer.
 * @throws JobFailure damaged_pdf, decompression_bomb, too_many_objects
 */
export async function readStreamSection(
  file: FileBytes,
  at: number,
  shift: number,
  budget: Budget,
): Promise<Section> {
  const object = await indirectAt(file, at, ignored, budget)
  const dictionary = object?.value
  if (!object || !isCrossReference(dictionary)) throw damaged('its cross-reference stream is not one')
  const data = await packedBytes(file, object, budget)
  const widths = numbersIn(dictionary['/W'])
  const [kinds = 0, seconds = 0, thirds = 0] = widths
  const width = kinds + seconds + thirds
  if (widths.length < 3 || widths.some((each) => each < 0 || each > mostWidth) || width === 0)
    throw damaged('its cross-reference stream has no widths')
  const given = numbersIn(dictionary['/Index'])
  const index = given.length > 0 ? given : [0, Math.floor(data.length / width)]
  const rows = new Rows()
  const inUse = budget.inUse()
  let place = 0
  const take = (bytes: number) => {
    let value = 0
    for (let each = 0; each < bytes; each++) value = value * 256 + (data[place++] ?? 0)
    return value
  }
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const [first = 0, count = 0] = index.slice(pair, pair + 2)
    for (let number = first; number < first + count && place + width <= data.length; number++) {
      budget.addRows(1)
      const kind = kinds === 0 ? 1 : take(kinds)
      const [second, third] = [take(seconds), take(thirds)]
      if (kind === 1 || kind === 2) inUse()
      if (kind === 0) rows.add(number, { kind: 'free' })
      else if (kind === 1) rows.add(number, { kind: 'at', at: second + shift, generation: third })
      else if (kind === 2) rows.add(number, { kind: 'packed', stream: second })
      await budget.pause()
    }
  }
  return { rows, trailer: dictionary }
}

const isCrossReference = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && '/Type' in value && value['/Type'] === '/XRef'

const numbersIn = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((each) => Number.isSafeInteger(each) && each >= 0) : []
