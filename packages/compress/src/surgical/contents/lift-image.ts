import { type Dictionary, type InlineImage, type PdfObjects, without } from '@pdf-smaller/pdf'
import type { NewStream } from '../new-stream.ts'

/** What is smaller is as well off within its contents. */
const leastBytes = 1000

/** The keys of inline images in full (ISO 32000-1, table 93). */
const fullKeys: Readonly<Record<string, string>> = {
  '/BPC': '/BitsPerComponent',
  '/CS': '/ColorSpace',
  '/D': '/Decode',
  '/DP': '/DecodeParms',
  '/F': '/Filter',
  '/H': '/Height',
  '/IM': '/ImageMask',
  '/I': '/Interpolate',
  '/W': '/Width',
}
const known = new Set([...Object.values(fullKeys), '/L', '/Length'])
/** The names of their colour spaces (table 94), with the components of those that are not Indexed. */
const fullSpaces: Readonly<Record<string, string>> = {
  '/G': '/DeviceGray',
  '/RGB': '/DeviceRGB',
  '/CMYK': '/DeviceCMYK',
  '/I': '/Indexed',
}
const components: Readonly<Record<string, number>> = { '/DeviceGray': 1, '/DeviceRGB': 3, '/DeviceCMYK': 4 }
const fullFilters: Readonly<Record<string, string>> = {
  '/AHx': '/ASCIIHexDecode',
  '/A85': '/ASCII85Decode',
  '/LZW': '/LZWDecode',
  '/Fl': '/FlateDecode',
  '/RL': '/RunLengthDecode',
  '/CCF': '/CCITTFaxDecode',
  '/DCT': '/DCTDecode',
}

/**
 * An inline image of size as an object of its own.
 * @param spaces the colour spaces among the resources of its contents
 * @returns undefined for one that is small, or that is not understood
 */
export function liftedImage(
  { entries, data }: InlineImage,
  spaces: Dictionary,
  objects: PdfObjects,
): NewStream | undefined {
  if (data.length < leastBytes) return undefined
  const full = Object.fromEntries(
    Object.entries(entries).map(([key, value]) => [fullKeys[key] ?? key, value]),
  )
  if (Object.keys(full).length < Object.keys(entries).length) return undefined
  if (!Object.keys(full).every((key) => known.has(key))) return undefined
  const { '/Filter': filter, '/ColorSpace': space } = full
  const ownSpace = space === undefined ? undefined : spaceOf(space, spaces)
  if (space !== undefined && ownSpace === undefined) return undefined
  const bytes = filter === undefined ? exactly(full, ownSpace, data) : data
  if (!bytes) return undefined
  const named = (name: unknown) => (typeof name === 'string' ? (fullFilters[name] ?? name) : name)
  const dictionary = {
    '/Type': '/XObject',
    '/Subtype': '/Image',
    ...without(full, '/L', '/Length'),
    ...(ownSpace === undefined ? {} : { '/ColorSpace': ownSpace }),
    ...(filter === undefined ? {} : { '/Filter': Array.isArray(filter) ? filter.map(named) : named(filter) }),
  }
  const isSized = ['/Width', '/Height'].every(
    (key) => objects.number(dictionary[key as keyof typeof dictionary]) > 0,
  )
  return isSized ? { dictionary, bytes } : undefined
}

function spaceOf(space: unknown, spaces: Dictionary): unknown {
  if (typeof space === 'string') return fullSpaces[space] ?? (space in components ? space : spaces[space])
  if (!Array.isArray(space)) return undefined
  return space.map((each) => (typeof each === 'string' ? (fullSpaces[each] ?? each) : each))
}

/** Samples without a filter are as many as their entries say, whatever follows looks like. */
function exactly(full: Dictionary, space: unknown, data: Uint8Array): Uint8Array | undefined {
  const [width, height, depth] = ['/Width', '/Height', '/BitsPerComponent'].map((key) => full[key])
  const isMask = full['/ImageMask'] === true
  const isTable = Array.isArray(space) && space[0] === '/Indexed'
  const samples = isMask || isTable ? 1 : typeof space === 'string' ? components[space] : undefined
  const bits = isMask ? 1 : depth
  if (typeof width !== 'number' || typeof height !== 'number' || typeof bits !== 'number' || !samples)
    return undefined
  const length = Math.ceil((width * samples * bits) / 8) * height
  return length > 0 && length <= data.length && length >= data.length - 2
    ? data.subarray(0, length)
    : undefined
}
