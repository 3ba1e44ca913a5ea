import { type PdfObjects, walk } from '@pdf-smaller/pdf'

/** What a colour comes to where it cannot be told: light enough to become a white ground. */
const unknownLightness = 0.8
/** How much light an ink takes of which only its name is known. */
const inkDarkness = 0.8
const mostDepth = 8

/** The lightness of a colour, 0 for black to 1 for white, by the weights of Rec. 601 (ISO 32000-1, 10.3.2 to 10.3.5). */
export function lightnessIn(space: unknown, parts: readonly number[], objects: PdfObjects): number {
  let [own, given] = [space, parts]
  /** For each ink on the way down to a space that tells lightness, how much of the darkness below it is laid on. */
  const laidOn: number[] = []
  for (let depth = 0; depth <= mostDepth; depth++) {
    const resolved = objects.resolve(own)
    const [name, detail, alternate, tint] = Array.isArray(resolved) ? resolved : [resolved]
    if (name !== '/Separation' && name !== '/DeviceN') return through(laidOn, plainLightness(name, given))
    const full = objects.array(objects.dictionary(tint)['/C1']).map(objects.number)
    const most = given.reduce((largest, each) => Math.max(largest, each), 0)
    const ink = objects.resolve(detail)
    if (ink === '/None') return through(laidOn, 1)
    if (ink === '/Black' || ink === '/All') return through(laidOn, 1 - most)
    if (full.length === 0) return through(laidOn, 1 - most * inkDarkness)
    laidOn.push(most)
    ;[own, given] = [alternate, full]
  }
  return through(laidOn, unknownLightness)
}

const through = (laidOn: readonly number[], lightness: number): number =>
  laidOn.reduceRight((below, most) => 1 - most * (1 - below), lightness)

function plainLightness(name: unknown, parts: readonly number[]): number {
  if (name === '/Lab') return (parts[0] ?? 0) / 100
  return name === '/Indexed' ? unknownLightness : lightnessOf(parts)
}

/** The lightness of a colour in grey, RGB or the four colours of print, which their count tells. */
export function lightnessOf(parts: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0] = parts
  const weighted = 0.3 * a + 0.59 * b + 0.11 * c
  if (parts.length === 1) return a
  if (parts.length === 3) return weighted
  return parts.length === 4 ? Math.max(0, 1 - weighted - d) : unknownLightness
}

/** The mean lightness of a gradient, as far as its functions say their ends. */
export function lightnessOfShading(shading: unknown, objects: PdfObjects): number {
  const { '/Function': gradient, '/ColorSpace': space } = objects.dictionary(shading)
  const ends = endsOf(gradient, objects)
  if (ends.length === 0) return unknownLightness
  return ends.reduce((sum, parts) => sum + lightnessIn(space, parts, objects), 0) / ends.length
}

function endsOf(gradient: unknown, objects: PdfObjects): number[][] {
  const partsOf = (each: unknown) => objects.array(objects.dictionary(each)['/Functions'])
  return [...walk([gradient], partsOf, { of: 'functions' })].flatMap((each) => {
    const { '/C0': from, '/C1': to, '/Functions': parts } = objects.dictionary(each)
    const ends = parts === undefined ? [from, to] : []
    return ends.map((end) => objects.array(end).map(objects.number)).filter(({ length }) => length > 0)
  })
}
