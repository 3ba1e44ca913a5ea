import path from 'node:path'
import { aheadInOrder } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import type { OutputFile } from '@pdf-smaller/task'
import { hasText } from '@pdf-smaller/recognition'
import { addLayer } from './add-layer.ts'
import { openBeside } from './beside.ts'
import { readFinished } from './finished-page.ts'
import type { OcrContext } from './options.ts'
import { addGlyphlessFont } from './glyphless-font.ts'
import type { OldLayer } from './old-layer.ts'
import { drawPicture } from './picture.ts'
import type { ReadPage } from './read-pages.ts'

type Parts = {
  document: InspectedPdf
  read: readonly ReadPage[]
  /** The text that each page had before. */
  texts: readonly string[]
  /** What an earlier recognition left on pages, to be replaced. */
  layers: ReadonlyMap<number, OldLayer>
  /** At how many pixels per inch a page is drawn where a picture takes its place. */
  toShow: (page: number) => number
  /** Pages whose images are all in black and white. */
  bitonal: ReadonlySet<number>
}

/** Puts the texts under the pages, and writes the document and its sidecar. */
export async function assemble(
  { document, read, texts, layers, toShow, bitonal }: Parts,
  { inputs, options, engine, workspace, progress, signal }: OcrContext,
): Promise<OutputFile[]> {
  const whole = [...texts]
  const name = inputs[0]?.name ?? ''
  const stem = name.replace(/\.[A-Za-z0-9]{1,5}$/, '')
  await using beside = await openBeside({ name, stem }, options, workspace)
  const readable = read.flatMap((each) => (each.kind === 'read' ? [each] : []))
  const font = readable.length > 0 ? await addGlyphlessFont(document.copy) : ''
  let done = 0
  for await (const { finished, ...layer } of aheadInOrder(readable, engine.cores + 1, prepare)) {
    signal.throwIfAborted()
    const { page } = layer
    whole[page - 1] = finished.text
    await beside.add(finished)
    await layers.get(page)?.remove()
    await addLayer(document, { ...layer, lines: finished.lines }, font)
    progress('assembly', ++done, readable.length, `page ${page}`)
  }
  // A document that nothing was added to stays as it is, byte for byte.
  const isChanged = readable.length > 0
  const output = isChanged ? path.join(workspace, 'searchable.pdf') : document.path
  if (isChanged) await document.copy.write(output, engine)
  return [
    { path: output, name: `${stem}.pdf`, contentType: 'application/pdf' },
    ...(await beside.close(whole)),
  ]

  async function prepare({ page, turn, skew, file }: (typeof readable)[number]) {
    const finished = await readFinished(file)
    const layer = { finished, page, turn, skew }
    const clean = options.clean === 'final'
    if (options.mode !== 'force' && !clean) return [layer]
    const drawing = { dpi: toShow(page), skew, clean, bitonal: isBitonal(page) }
    return [{ ...layer, picture: await drawPicture(document.path, page, drawing, engine) }]
  }

  /** Where text stands beside its images, a page is more than a scan in black and white. */
  function isBitonal(page: number): boolean {
    return bitonal.has(page) && (layers.has(page) || !hasText(texts[page - 1] ?? ''))
  }
}
