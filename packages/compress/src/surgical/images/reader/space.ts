import {
  isDictionary,
  orAsItIs,
  type PdfObjects,
  type PdfStream,
  stringBytes,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import { decode } from '../../decode.ts'

/** What the samples of an image are numbers of. */
export type Space =
  /** Whether paint goes through; no colour at all. */
  | { kind: 'stencil' }
  /** Amounts of so many components, each from nothing to all of it; `value` is the space as it stands in the document. */
  | { kind: 'direct'; components: 1 | 3 | 4; value: unknown }
  /** Places in a table of colours, which has `components` bytes for each, in the space `base`. */
  | { kind: 'indexed'; components: 1 | 3; base: unknown; value: unknown; table: Uint8Array; colours: number }
  /** Colours of a space that a JPEG 2000 image brings along: grey or sRGB. */
  | { kind: 'brought'; components: 1 | 3 }
  /** Anything else: only a renderer knows what its samples mean. */
  | { kind: 'drawn'; value: unknown }

const mostTable = 256

/** Reads colour spaces as they stand in the dictionaries of images. */
export type ReadSpace = (value: unknown) => Promise<Space>

/** Opens a reader of colour spaces (ISO 32000-1, 8.6), which looks at each profile once. */
export function openSpaces(copy: WorkingCopy): ReadSpace {
  const profiles = new Map<string, Promise<Components | undefined>>()
  const componentsOf = (profile: PdfStream) => {
    const components = profiles.get(profile.reference) ?? profileComponents(copy, profile)
    profiles.set(profile.reference, components)
    return components
  }
  return (value) => spaceIn({ copy, componentsOf }, value)
}

type Components = 1 | 3 | 4
type Reading = { copy: WorkingCopy; componentsOf: (profile: PdfStream) => Promise<Components | undefined> }

async function spaceIn(reading: Reading, value: unknown): Promise<Space> {
  const { copy } = reading
  const resolved = copy.resolve(value)
  const [name, base, highest, lookup] = Array.isArray(resolved) ? resolved : []
  if (copy.resolve(name) === '/Indexed') {
    const indexed = await indexedOver(reading, value, { base, highest: copy.resolve(highest), lookup })
    return indexed ?? { kind: 'drawn', value }
  }
  const components = await componentsIn(reading, resolved)
  return components ? { kind: 'direct', components, value } : { kind: 'drawn', value }
}

async function indexedOver(
  reading: Reading,
  value: unknown,
  { base, highest, lookup }: { base: unknown; highest: unknown; lookup: unknown },
): Promise<Space | undefined> {
  const { copy } = reading
  const components = isCalRgb(base, copy) ? undefined : await componentsIn(reading, copy.resolve(base))
  if (components !== 1 && components !== 3) return undefined
  if (typeof highest !== 'number' || !Number.isInteger(highest) || highest < 0) return undefined
  const stream = copy.stream(lookup)
  const raw = stream && (await copy.read(stream))
  const table = raw
    ? await orAsItIs(() => decode(raw, stream.dictionary, copy))
    : stringBytes(copy.resolve(lookup))
  const colours = highest + 1
  // Readers differ in what they make of a table that is too short.
  if (!table || colours > mostTable || table.length < colours * components) return undefined
  const own = table.subarray(0, colours * components)
  return { kind: 'indexed', components, base, value, table: own, colours }
}

/** How many components a space has whose samples stand for amounts from 0 to 1; undefined for any other space. */
async function componentsIn(
  { copy, componentsOf }: Reading,
  space: unknown,
): Promise<Components | undefined> {
  switch (space) {
    case '/DeviceGray':
      return 1
    case '/DeviceRGB':
      return 3
    case '/DeviceCMYK':
      return 4
  }
  if (!Array.isArray(space)) return undefined
  switch (copy.resolve(space[0])) {
    case '/CalGray':
    case '/Separation':
      return 1
    case '/CalRGB':
      return 3
    case '/ICCBased': {
      const profile = copy.stream(space[1])
      return profile && componentsOf(profile)
    }
    default:
      return undefined
  }
}

/** What the header of a profile calls its space (ICC.1:2022, 7.2.6). */
const signatures = { 1: 'GRAY', 3: 'RGB ', 4: 'CMYK' } as const

/** The components of a profile; undefined where it, its dictionary and its alternate do not agree. */
async function profileComponents(copy: WorkingCopy, stream: PdfStream): Promise<Components | undefined> {
  const components = copy.number(stream.dictionary['/N'])
  if (components !== 1 && components !== 3 && components !== 4) return undefined
  if (!isUsualRange(copy, stream.dictionary['/Range'])) return undefined
  const alternate = stream.dictionary['/Alternate']
  if (isTold(copy, alternate) && alternateComponents(copy, alternate) !== components) return undefined
  const raw = await copy.read(stream)
  const bytes = await orAsItIs(() => decode(raw, stream.dictionary, copy))
  const signature = Buffer.from(bytes?.subarray(16, 20) ?? []).toString('latin1')
  return signature === signatures[components] ? components : undefined
}

const isTold = (objects: PdfObjects, value: unknown) => {
  const resolved = objects.resolve(value)
  return resolved !== undefined && resolved !== null
}

function isUsualRange(objects: PdfObjects, range: unknown): boolean {
  return (
    !isTold(objects, range) || objects.array(range).every((bound, at) => objects.number(bound) === at % 2)
  )
}

/** The components of an alternate space, which is never one with a profile of its own here. */
function alternateComponents(objects: PdfObjects, alternate: unknown): number | undefined {
  const resolved = objects.resolve(alternate)
  const name = objects.resolve(Array.isArray(resolved) ? resolved[0] : resolved)
  return typeof name === 'string' ? alternates[name] : undefined
}

const alternates: Readonly<Record<string, number>> = {
  '/DeviceGray': 1,
  '/CalGray': 1,
  '/DeviceRGB': 3,
  '/CalRGB': 3,
  '/DeviceCMYK': 4,
}

/** Names by which the resources of a page give a device space another meaning (ISO 32000-1, 8.6.5.6). */
const overriding = ['/DefaultGray', '/DefaultRGB', '/DefaultCMYK', '/DeviceGray', '/DeviceRGB', '/DeviceCMYK']

/** Whether a space is calibrated RGB, whose colours PDFium shows in one way in a table and in another in samples. */
export const isCalRgb = (space: unknown, objects: PdfObjects): boolean =>
  objects.resolve(objects.array(space)[0]) === '/CalRGB'

/** Whether a space is one of a device, which the resources of a page may give another meaning. */
export const isDevice = (space: unknown): boolean => typeof space === 'string' && space.startsWith('/Device')

/** Whether device spaces may mean something else where an image is drawn. */
export function hasDefaultSpaces(objects: PdfObjects): boolean {
  for (const [, dictionary] of objects.dictionaries()) {
    const resources = isDictionary(dictionary['/Resources']) ? dictionary['/Resources'] : dictionary
    const spaces = objects.dictionary(resources['/ColorSpace'])
    if (overriding.some((key) => key in spaces || key in dictionary)) return true
  }
  return false
}
