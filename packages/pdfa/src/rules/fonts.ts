import { type Dictionary, isDictionary } from '@pdf-smaller/pdf'
import type { Facts } from '../facts.ts'
import type { Broken } from '../finding.ts'
import { cidWidths } from '../fonts/cid-widths.ts'
import { gone, type Rule } from './rule.ts'

/** How far a width may be from that of the glyph, with what rounding makes of it. */
const mostApart = 1.5
const programs = ['/FontFile', '/FontFile2', '/FontFile3']

/** Fonts of text that is seen are in the file (6.2.11.4); those of invisible text need not be. */
export const fonts: Rule = function* (font, facts) {
  const { objects, usage } = facts
  if (!usage.fonts.has(font) || font['/Subtype'] === '/Type3') return
  const [descendant] = objects.array(font['/DescendantFonts']).map(objects.dictionary)
  const own = font['/Subtype'] === '/Type0' ? (descendant ?? {}) : font
  const descriptor = objects.dictionary(own['/FontDescriptor'])
  const base = objects.resolve(font['/BaseFont'])
  const name = typeof base === 'string' ? base.slice(1) : 'without a name'
  if (!programs.some((key) => isDictionary(objects.resolve(descriptor[key])))) {
    yield { clause: '6.2.11.4', says: `the font ${name} is not embedded` }
    return
  }
  if (font['/Subtype'] === '/Type0') yield* compositeFont(font, own, facts)
  else yield* widths(font, name, facts)
}

/** Where a font names them, its lists of glyphs would have to be complete; nobody needs them (6.2.11.4.2). */
export const descriptors: Rule = function* (descriptor) {
  if (descriptor['/Type'] !== '/FontDescriptor') return
  for (const key of ['/CharSet', '/CIDSet'])
    if (descriptor[key] !== undefined) yield gone('6.2.11.4', 'a font lists its glyphs', key)
}

/** Glyphs are found the same way everywhere (6.2.11.3). */
export const cidFonts: Rule = function* (font, { objects }) {
  if (font['/Subtype'] !== '/CIDFontType2' || font['/CIDToGIDMap'] !== undefined) return
  const descriptor = objects.dictionary(font['/FontDescriptor'])
  if (!isDictionary(objects.resolve(descriptor['/FontFile2']))) return
  const mend = () => ({ '/CIDToGIDMap': '/Identity' })
  yield { clause: '6.2.11.3', says: 'nothing says how glyphs are found', mend }
}

const otherWidths = { clause: '6.2.11.5', says: 'a font says other widths than its glyphs have' }

/** Whether a width is another than that of the glyph; what glyph 0 is like is of no interest. */
function differs(widths: readonly number[], glyph: number, width: number): boolean {
  const real = glyph === 0 ? undefined : widths[glyph]
  return real !== undefined && Math.abs(real - width) > mostApart
}

function* widths(font: Dictionary, name: string, { objects, trueType }: Facts): Iterable<Broken> {
  const [first, last] = [objects.resolve(font['/FirstChar']), objects.resolve(font['/LastChar'])]
  const said = objects.array(font['/Widths']).map(objects.number)
  if (typeof first === 'number' && typeof last === 'number' && said.length === last - first + 1) {
    const program = objects.dictionary(font['/FontDescriptor'])['/FontFile2']
    const file = typeof program === 'string' ? trueType.get(program) : undefined
    const glyphOf = objects.resolve(font['/Encoding']) === '/WinAnsiEncoding' ? file?.glyphOf : undefined
    // Codes of no width are those that a subset does not use.
    if (
      file &&
      glyphOf &&
      said.some((width, index) => width && differs(file.widths, glyphOf(first + index), width))
    )
      yield otherWidths
    return
  }
  yield { clause: '6.2.11.2', says: `the font ${name} does not say how wide its characters are` }
}

/** Maps that each reader has (ISO 32000-1, table 118). */
const known = new Set(
  `Identity-H Identity-V GB-EUC-H GB-EUC-V GBpc-EUC-H GBpc-EUC-V GBK-EUC-H GBK-EUC-V GBKp-EUC-H GBKp-EUC-V GBK2K-H
  GBK2K-V UniGB-UCS2-H UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V B5pc-H B5pc-V HKscs-B5-H HKscs-B5-V ETen-B5-H
  ETen-B5-V ETenms-B5-H ETenms-B5-V CNS-EUC-H CNS-EUC-V UniCNS-UCS2-H UniCNS-UCS2-V UniCNS-UTF16-H UniCNS-UTF16-V
  83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H Add-RKSJ-V EUC-H EUC-V
  Ext-RKSJ-H Ext-RKSJ-V H V UniJIS-UCS2-H UniJIS-UCS2-V UniJIS-UCS2-HW-H UniJIS-UCS2-HW-V UniJIS-UTF16-H
  UniJIS-UTF16-V KSC-EUC-H KSC-EUC-V KSCms-UHC-H KSCms-UHC-V KSCms-UHC-HW-H KSCms-UHC-HW-V KSCpc-EUC-H
  UniKS-UCS2-H UniKS-UCS2-V UniKS-UTF16-H UniKS-UTF16-V`
    .split(/\s+/)
    .map((name) => `/${name}`),
)

function* compositeFont(font: Dictionary, own: Dictionary, facts: Facts): Iterable<Broken> {
  yield* characterMap(font, own, facts.objects)
  const { objects, trueType } = facts
  const program = objects.dictionary(own['/FontDescriptor'])['/FontFile2']
  const widths = typeof program === 'string' ? trueType.get(program)?.widths : undefined
  const isIdentity = typeof (objects.resolve(own['/CIDToGIDMap']) ?? '/Identity') === 'string'
  if (!widths || !isIdentity || font['/Encoding'] !== '/Identity-H') return
  for (const [glyph, width] of cidWidths(own, objects)) {
    if (!differs(widths, glyph, width)) continue
    yield otherWidths
    return
  }
}

function* characterMap(font: Dictionary, own: Dictionary, objects: Facts['objects']): Iterable<Broken> {
  const encoding = objects.resolve(font['/Encoding'])
  const isEmbedded = isDictionary(encoding)
  if (!isEmbedded && !(typeof encoding === 'string' && known.has(encoding)))
    yield { clause: '6.2.11.3', says: 'a map of characters is not embedded' }
  if (!isEmbedded) return
  const [system, mapped] = [own['/CIDSystemInfo'], encoding['/CIDSystemInfo']].map(objects.dictionary)
  const differs = ['/Registry', '/Ordering'].some(
    (key) => objects.resolve(system?.[key]) !== objects.resolve(mapped?.[key]),
  )
  if (differs)
    yield { clause: '6.2.11.3', says: 'a map of characters is of another collection than its font' }
}
