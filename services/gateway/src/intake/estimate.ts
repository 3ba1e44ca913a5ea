import { fontsAsUsed } from '@pdf-smaller/compress/fonts-as-used'
import type { Estimate, EstimateWarning } from '@pdf-smaller/contracts'
import {
  bytesOfFonts,
  estimateLevels,
  type Image,
  type Range,
  type Structure,
  structureOf,
} from '@pdf-smaller/estimate'
import { acceptedType, onlyPdfs, peek, pdfType } from './peek.ts'

/**
 * Estimates what the levels would make of a PDF while it streams by; nothing of it is kept.
 * @throws JobFailure empty_file, not_a_pdf; what the source throws
 */
export async function estimateOf(
  source: AsyncIterable<Uint8Array>,
  name: string,
): Promise<Omit<Estimate, 'tookMs'>> {
  const { head, all } = await peek(source)
  acceptedType(head, pdfType, onlyPdfs, name)
  const structure = await structureOf(all, fontsAsUsed)
  const { bytes, pages, images, parts } = structure
  const ofImages = images.reduce((sum, image) => sum + image.bytes, 0)
  const fonts = bytesOfFonts(parts)
  const contents = parts.contents.bytes + parts.forms.bytes
  const others = bytes - ofImages - fonts - contents
  return {
    bytes,
    ...(pages === undefined ? {} : { pages }),
    images: byClass(images),
    parts: { images: ofImages, fonts, contents, others },
    levels: levelsOf(structure),
    warnings: warningsOf(structure),
  }
}

function levelsOf(structure: Structure): Estimate['levels'] {
  const { bytes } = structure
  const { low, medium, high, maximum } = estimateLevels(structure)
  const at = ({ least, likely, most }: Range) => ({
    bytes: likely,
    least,
    most,
    ratio: likely / bytes,
    saved: bytes - likely,
  })
  return { low: at(low), medium: at(medium), high: at(high), maximum: at(maximum) }
}

function byClass(images: readonly Image[]): Estimate['images'] {
  const groups = Map.groupBy(images, (image) => image.class)
  return [...groups].map(([kind, group]) => ({
    class: kind,
    count: group.length,
    pixels: group.reduce((sum, { pixels }) => sum + pixels, 0),
    bytes: group.reduce((sum, { bytes }) => sum + bytes, 0),
  }))
}

function warningsOf({ isEncrypted, isSigned, pages }: Structure): EstimateWarning[] {
  const warnings: EstimateWarning[] = []
  if (isEncrypted) warnings.push('encrypted')
  if (isSigned) warnings.push('signed')
  if (pages === undefined && !isEncrypted) warnings.push('no_pages_found')
  return warnings
}
