import type { Dictionary, PdfObjects } from '../pdf-objects.ts'

/** How the samples of an image are to be understood, as far as they can be re-encoded without changing their meaning. */
export type Colour = {
  /** 1 or 3. */
  components: number
  /** The table of an indexed image: `components` bytes to an entry. */
  palette?: { base: unknown; table: Uint8Array }
}

/** The colour of an image; undefined where re-encoding its samples could change what they mean. */
export function colourOf(
  space: unknown,
  objects: PdfObjects,
  tableOf: (value: unknown) => Uint8Array | undefined,
): Colour | undefined {
  const resolved = objects.resolve(space)
  const [name, ...rest] = Array.isArray(resolved) ? resolved : [resolved]
  if (name !== '/Indexed') {
    const components = componentsOf(resolved, objects)
    return components === 1 || components === 3 ? { components } : undefined
  }
  const [base, , lookup] = rest
  const components = componentsOf(objects.resolve(base), objects)
  const table = tableOf(objects.resolve(lookup))
  return table && (components === 1 || components === 3)
    ? { components, palette: { base, table } }
    : undefined
}

function componentsOf(space: unknown, objects: PdfObjects): number {
  const [name, detail] = Array.isArray(space) ? space : [space]
  switch (name) {
    case '/DeviceGray':
    case '/CalGray':
      return 1
    case '/DeviceRGB':
    case '/CalRGB':
      return 3
    case '/ICCBased':
      return objects.number(objects.dictionary(detail)['/N'])
    default:
      return 0
  }
}

/** The bytes of a string in qpdf's JSON: `u:` and text, or `b:` and hexadecimal digits. */
export function stringBytes(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined
  if (value.startsWith('b:')) return Buffer.from(value.slice(2), 'hex')
  return value.startsWith('u:') ? Buffer.from(value.slice(2), 'latin1') : undefined
}

/** Whether re-encoding must keep its hands off: masks by colour, unusual decoding, and premultiplied colours. */
export function isDelicate(dictionary: Dictionary, objects: PdfObjects): boolean {
  return (
    dictionary['/ImageMask'] === true ||
    Array.isArray(objects.resolve(dictionary['/Mask'])) ||
    dictionary['/Decode'] !== undefined ||
    objects.number(dictionary['/SMaskInData']) > 0 ||
    objects.dictionary(dictionary['/SMask'])['/Matte'] !== undefined ||
    dictionary['/Matte'] !== undefined
  )
}
