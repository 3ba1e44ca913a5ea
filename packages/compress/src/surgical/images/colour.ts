import type { Dictionary, PdfObjects } from '@pdf-smaller/pdf'

/** How the samples of an image are to be understood, as far as they can be re-encoded without changing their meaning. */
export type Colour = {
  components: 1 | 3
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
    return components && { components }
  }
  const [base, , lookup] = rest
  const components = componentsOf(objects.resolve(base), objects)
  const table = tableOf(objects.resolve(lookup))
  return table && components && { components, palette: { base, table } }
}

function componentsOf(space: unknown, objects: PdfObjects): 1 | 3 | undefined {
  const [name, detail] = Array.isArray(space) ? space : [space]
  switch (name) {
    case '/DeviceGray':
    case '/CalGray':
    case '/Separation':
      return 1
    case '/DeviceRGB':
    case '/CalRGB':
      return 3
    case '/ICCBased': {
      const components = objects.number(objects.dictionary(detail)['/N'])
      return components === 1 || components === 3 ? components : undefined
    }
    default:
      return undefined
  }
}

/** Whether a space is the four colours of print, with a profile or without. */
export function isCmyk(space: unknown, objects: PdfObjects): boolean {
  const resolved = objects.resolve(space)
  if (resolved === '/DeviceCMYK') return true
  const [name, profile] = Array.isArray(resolved) ? resolved : []
  return name === '/ICCBased' && objects.number(objects.dictionary(profile)['/N']) === 4
}

/** Whether samples must stay exactly as they are: masks by colour, and colours multiplied with their soft mask. */
export function isDelicate(dictionary: Dictionary, objects: PdfObjects): boolean {
  return (
    Array.isArray(objects.resolve(dictionary['/Mask'])) ||
    objects.number(dictionary['/SMaskInData']) > 0 ||
    objects.dictionary(dictionary['/SMask'])['/Matte'] !== undefined ||
    dictionary['/Matte'] !== undefined
  )
}
