import { type Dictionary, fontsOf, graphCopier, isStandard, type WorkingCopy } from '@pdf-smaller/pdf'
import { mediaBoxOf } from '@pdf-smaller/pdf/page-frame'
import { objectPacking } from '../objects/packing.ts'
import type { Skipped } from '../report/reasons.ts'
import { repackStreams } from '../surgical/repack.ts'
import type { Work } from '../work.ts'

/** So many pages are drawn and compared one by one; of longer documents it would take too long. */
const mostPages = 50
/** What contents and fonts must take, in bytes and as a part of the document, to be worth it. */
const leastBytes = 3000
const leastPart = 0.15
/** Ghostscript packs stencils less well than JBIG2 does. */
const mostStencilBytes = 4000
/** So many missing fonts are told. */
const mostNames = 5

/** Why contents drawn anew are not to be put in the place of the old ones; undefined when they may be. */
export async function whyNotContents({ document, settings }: Work): Promise<Skipped | undefined> {
  const { features, pages, copy, bytes } = document
  if (features.tagged) return { reason: 'tagged' }
  if (features.layers) return { reason: 'layered' }
  if (features.protection) return { reason: 'encrypted' }
  if (pages > mostPages) return { reason: 'many_pages', most: mostPages }
  const missing = fontsOf(copy).filter(({ file, name }) => !file && !isStandard(name))
  if (missing.length > 0)
    return { reason: 'fonts_missing', names: missing.slice(0, mostNames).map(({ name }) => name) }
  if (settings.colours === 'grayscale') return undefined
  const { redrawable, stencils } = bytesOf(copy)
  if (stencils > mostStencilBytes) return { reason: 'stencils_grow' }
  return redrawable < Math.max(leastBytes, bytes * leastPart) ? { reason: 'contents_small' } : undefined
}

/** Puts contents drawn anew in the place of the old ones. Everything else of the document stays as it is. */
export async function renewContents(work: Work, output: string): Promise<void> {
  const { document, context, settings, drawn } = work
  const { copy, pageReferences } = document
  const old = new Set(copy.streams().map(({ file }) => file))
  const { objects, pages, standIns } = await drawn()
  const placeOf = (reference: string) => {
    const object = objects.all.get(reference)
    if (!object || 'value' in object || object.dictionary['/Subtype'] !== '/Image') return undefined
    const [width = 0, height = 0] = ['/Width', '/Height'].map((key) => objects.number(object.dictionary[key]))
    return standIns.originalOf(width, height)
  }
  const toCopy = graphCopier(objects.all, { placeOf, add: copy.add, put: copy.put })
  for (const [index, page] of pageReferences.entries()) {
    const { '/Contents': contents, '/Resources': resources } = objects.dictionary(pages[index])
    const value = {
      ...copy.dictionary(page),
      '/Contents': [...(await cornerOf(copy, page)), ...[toCopy(contents) ?? []].flat()],
      '/Resources': toCopy(resources) ?? {},
    }
    copy.put(page, { value })
  }
  const drawnAnew = copy.streams().filter(({ file }) => !old.has(file))
  await repackStreams(drawnAnew, work, 0.9)
  await copy.write(output, context.engine, objectPacking(settings.packing))
}

/** Ghostscript puts the lower left corner of a page at the origin; this puts it back. */
async function cornerOf(copy: WorkingCopy, page: string): Promise<string[]> {
  const [left = 0, bottom = 0] = mediaBoxOf(copy, page)
  if (left === 0 && bottom === 0) return []
  const reference = copy.add({ value: null })
  await copy.putStream(reference, {}, Buffer.from(`1 0 0 1 ${left} ${bottom} cm\n`))
  return [reference]
}

/** What the streams that are drawn anew take, and stencils among the images. */
function bytesOf(copy: WorkingCopy): { redrawable: number; stencils: number } {
  let [redrawable, stencils] = [0, 0]
  const fontFiles = new Set(fontsOf(copy).map(({ file }) => file))
  for (const { reference, dictionary, file } of copy.streams()) {
    const size = file.length
    if (dictionary['/ImageMask'] === true) stencils += size
    if (fontFiles.has(reference) || isContent(dictionary)) redrawable += size
  }
  return { redrawable, stencils }
}

/** Page contents carry no type; so do some other streams, which are few and small. */
const isContent = (dictionary: Dictionary) =>
  (dictionary['/Type'] === undefined && dictionary['/Subtype'] === undefined) ||
  dictionary['/Subtype'] === '/Form'
