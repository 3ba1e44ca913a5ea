import type { PdfObjects } from '@pdf-smaller/pdf'

/** What a colour comes to where it cannot be told: light enough to become a white ground. */
const unknownLightness = 0.8
/** How much light an ink takes of which only its name is known. */
const inkDarkness = 0.8
const mostDepth = 8

/** The lightness of a colour, 0 for black to 1 for white, by the weights of Rec. 601 (ISO 32000-1, 10.3.2 to 10.3.5). */
export function lightnessIn(
  space: unknown,
  parts: readonly number[],
  objects: PdfObjects,
  depth = 0,
): number {
  const resolved = objects.resolve(space)
  const [name, detail, alternate, tint] = Array.isArray(resolved) ? resolved : [resolved]
  const [first = 0] = parts
  if (depth > mostDepth) return unknownLightness
  switch (name) {
    case '/Lab':
      return first / 100
    case '/Indexed':
      return unknownLightness
    case '/Separation':
    case '/DeviceN':
      return inked(detail, parts, objects, () => {
        const { '/C1': full } = objects.dictionary(tint)
        const numbers = objects.array(full).map(objects.number)
        return numbers.length > 0 ? lightnessIn(alternate, numbers, objects, depth + 1) : 1 - inkDarkness
      })
    default:
      return lightnessOf(parts)
  }
}

/** The lightness of a colour in grey, RGB or the four colours of print, which their count tells. */
export function lightnessOf(parts: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0] = parts
  const weighted = 0.3 * a + 0.59 * b + 0.11 * c
  if (parts.length === 1) return a
  if (parts.length === 3) return weighted
  return parts.length === 4 ? Math.max(0, 1 - weighted - d) : unknownLightness
}

function inked(
  names: unknown,
  parts: readonly number[],
  objects: PdfObjects,
  lightnessOfFull: () => number,
): number {
  const most = Math.max(0, ...parts)
  const resolved = objects.resolve(names)
  if (resolved === '/None') return 1
  return 1 - most * (resolved === '/Black' || resolved === '/All' ? 1 : 1 - lightnessOfFull())
}

/** The mean lightness of a gradient, as far as its functions say their ends. */
export function lightnessOfShading(shading: unknown, objects: PdfObjects): number {
  const { '/Function': gradient, '/ColorSpace': space } = objects.dictionary(shading)
  const ends = endsOf(gradient, objects, 0)
  if (ends.length === 0) return unknownLightness
  return ends.reduce((sum, parts) => sum + lightnessIn(space, parts, objects), 0) / ends.length
}

function endsOf(gradient: unknown, objects: PdfObjects, depth: number): number[][] {
  const { '/C0': from, '/C1': to, '/Functions': parts } = objects.dictionary(gradient)
  if (parts !== undefined && depth < mostDepth)
    return objects.array(parts).flatMap((part) => endsOf(part, objects, depth + 1))
  return [from, to].map((end) => objects.array(end).map(objects.number)).filter(({ length }) => length > 0)
}
