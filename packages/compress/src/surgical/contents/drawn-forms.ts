import { type Dictionary, type Owner, ownerOf, type WorkingCopy } from '@pdf-smaller/pdf'
import { identity, type Matrix } from '@pdf-smaller/pdf/matrix'
import { scaleOf } from './graphics-state.ts'

/** A form, the largest scale at which it is drawn, and pages that do. */
export type DrawnForm = { form: Owner; scale: number; pages: readonly number[] }

/** The forms that contents draw, by the names in their resources. */
export function formsAmong(
  drawn: ReadonlyMap<string, number>,
  resources: unknown,
  copy: WorkingCopy,
): Omit<DrawnForm, 'pages'>[] {
  const objects = copy.dictionary(copy.dictionary(resources)['/XObject'])
  return [...drawn].flatMap(([name, scale]) => {
    const stream = copy.stream(objects[name])
    if (stream?.dictionary['/Subtype'] !== '/Form') return []
    const form = ownerOf(stream.dictionary, stream.reference, copy)
    return form ? [{ form, scale: scale * scaleOf(matrixIn(form.dictionary, copy)) }] : []
  })
}

function matrixIn(dictionary: Dictionary, copy: WorkingCopy): Matrix {
  if (dictionary['/Matrix'] === undefined) return identity
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = copy.array(dictionary['/Matrix']).map(copy.number)
  return [a, b, c, d, e, f]
}
