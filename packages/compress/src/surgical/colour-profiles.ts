import { orAsItIs, type PdfStream, without, type WorkingCopy, xmpPacketOf } from '@pdf-smaller/pdf'
import { srgbProfile } from '@pdf-smaller/pdf/srgb'
import { decode } from './decode.ts'

const [headerBytes, entryBytes, mostTags] = [128, 12, 100]
/** Profiles of displays that hold a table of sRGB's curve have so many bytes at least, and hardly more. */
const [leastBytes, mostBytes] = [1024, 65_536]
/** By how much constants of a profile may differ from the standard's, as they are written with four digits and rounded. */
const rounding = 0.0005
/** A table of 16-bit numbers is rounded by half of one; programs do it in their own ways. */
const curveRounding = 1
const leastPoints = 256
/** The white of a display may be told as it is, or as all profiles see it. */
const whites = [
  [0.9505, 1, 1.089],
  [0.9642, 1, 0.8249],
] as const
const looseWhite = 0.002
const primaries = ['rXYZ', 'gXYZ', 'bXYZ'] as const

/**
 * Puts profiles of sRGB that hold its curve as a table of a thousand numbers in a form that tells its formula: the same
 * colours in a tenth of the bytes. It came with version 4 of the format (ICC.1:2004-10), which some standards forbid.
 */
export async function shortenProfiles(copy: WorkingCopy): Promise<void> {
  const candidates = copy.streams().filter((stream) => mayBeSrgb(stream, copy))
  if (candidates.length === 0) return
  // PDF/X-1a and PDF/X-3 are named there, with or without XMP (ISO 15930-1 and 15930-3).
  const isForPrint = copy.dictionary(copy.trailer['/Info'])['/GTS_PDFXVersion'] !== undefined
  if (isForPrint || (await xmpPacketOf(copy))?.forbidsNewForms) return
  const made = srgbProfile()
  for (const { reference, dictionary, file } of candidates) {
    const profile = await orAsItIs(async () => decode(await copy.read({ file }), dictionary, copy))
    if (!profile || !isSrgbByTable(Buffer.from(profile), made)) continue
    await copy.putStream(reference, without(dictionary, '/Filter', '/DecodeParms', '/Length', '/DL'), made)
  }
}

function mayBeSrgb({ dictionary, file }: PdfStream, copy: WorkingCopy): boolean {
  if (dictionary['/Type'] !== undefined || dictionary['/Subtype'] !== undefined) return false
  return copy.number(dictionary['/N']) === 3 && file.length >= leastBytes && file.length <= mostBytes
}

/** Whether a profile has the colours of another, by version 2 of the format, and its curve as a table (ICC.1:2001-04). */
function isSrgbByTable(profile: Buffer, srgb: Buffer): boolean {
  if (profile.length < headerBytes + 4 || profile.toString('latin1', 36, 40) !== 'acsp') return false
  if (profile.readUInt8(8) !== 2 || profile.toString('latin1', 12, 24) !== 'mntrRGB XYZ ') return false
  const tags = tagsOf(profile)
  const known = tagsOf(srgb)
  if ([...tags.keys()].some((name) => /^(A2B|B2A|D2B|B2D|gamt)/.test(name))) return false
  const white = numbersOf(tags.get('wtpt'))
  return (
    whites.some((each) => isNear(white, each, looseWhite)) &&
    primaries.every((name) => isNear(numbersOf(tags.get(name)), numbersOf(known.get(name)), rounding)) &&
    ['rTRC', 'gTRC', 'bTRC'].every((name) => isSrgbCurve(tags.get(name)))
  )
}

function tagsOf(profile: Buffer): Map<string, Buffer> {
  const tags = new Map<string, Buffer>()
  const count = Math.min(profile.readUInt32BE(headerBytes), mostTags)
  for (let at = headerBytes + 4; tags.size < count && at + entryBytes <= profile.length; at += entryBytes) {
    const [from, length] = [profile.readUInt32BE(at + 4), profile.readUInt32BE(at + 8)]
    tags.set(profile.toString('latin1', at, at + 4), profile.subarray(from, from + length))
  }
  return tags
}

/** The three numbers of a tag of the type XYZ. */
const numbersOf = (tag: Buffer = Buffer.alloc(0)): number[] =>
  tag.length < 20 || tag.toString('latin1', 0, 4) !== 'XYZ '
    ? []
    : [8, 12, 16].map((at) => tag.readInt32BE(at) / 65_536)

const isNear = (values: readonly number[], others: readonly number[], most: number) =>
  values.length === others.length && values.every((each, at) => Math.abs(each - (others[at] ?? 0)) <= most)

/** Whether a table holds the curve of sRGB (IEC 61966-2-1), each number of it rounded. */
function isSrgbCurve(tag: Buffer = Buffer.alloc(0)): boolean {
  if (tag.length < 12 || tag.toString('latin1', 0, 4) !== 'curv') return false
  const points = tag.readUInt32BE(8)
  if (points < leastPoints || tag.length < 12 + 2 * points) return false
  for (let point = 0; point < points; point++) {
    const light = lightOf(point / (points - 1))
    if (Math.abs(tag.readUInt16BE(12 + 2 * point) - 65_535 * light) > curveRounding) return false
  }
  return true
}

const lightOf = (shade: number) => (shade < 0.04045 ? shade / 12.92 : ((shade + 0.055) / 1.055) ** 2.4)
