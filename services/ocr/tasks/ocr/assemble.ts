import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { aheadInOrder } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import type { OutputFile } from '@pdf-smaller/worker/task'
import { altoDocument } from './alto.ts'
import { addLayer, type LayerFonts, openLayer } from './add-layer.ts'
import { readFinished } from './finished-page.ts'
import type { OcrContext } from './options.ts'
import { hocrDocument } from './hocr.ts'
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
  dpiOf: (page: number) => number
}

/** Puts the texts under the pages, and writes the document and its sidecar. */
export async function assemble(
  { document, read, texts, layers, dpiOf }: Parts,
  { inputs, options, engine, workspace, progress, signal }: OcrContext,
): Promise<OutputFile[]> {
  const whole = [...texts]
  const hocr: string[] = []
  const alto: string[] = []
  const shared: Partial<LayerFonts> = {}
  const readable = read.flatMap((each) => (each.kind === 'read' ? [each] : []))
  let done = 0
  for await (const { finished, ...layer } of aheadInOrder(readable, engine.cores + 1, prepare)) {
    signal.throwIfAborted()
    const { page } = layer
    if (options.sidecar) whole[page - 1] = finished.text
    if (finished.hocr !== undefined) hocr.push(finished.hocr)
    if (finished.alto !== undefined) alto.push(finished.alto)
    await layers.get(page)?.remove()
    await addLayer(document, layer, shared)
    progress('assembly', ++done, readable.length, `page ${page}`)
  }
  const stem = inputs[0]?.name.replace(/\.[A-Za-z0-9]{1,5}$/, '') ?? ''
  // A document that nothing was added to stays as it is, byte for byte.
  const isChanged = readable.length > 0
  const output = isChanged ? path.join(workspace, 'searchable.pdf') : document.path
  if (isChanged) await document.copy.write(output, engine)
  const outputs = [{ path: output, name: `${stem}.pdf`, contentType: 'application/pdf' }]
  const add = async (extension: string, contentType: string, content: string) => {
    const file = path.join(workspace, `beside.${extension}`)
    await writeFile(file, content)
    outputs.push({ path: file, name: `${stem}.${extension}`, contentType })
  }
  if (options.sidecar) await add('txt', 'text/plain; charset=utf-8', whole.join('\f'))
  if (options.hocr) await add('hocr', 'application/xhtml+xml', hocrDocument(hocr))
  // A document of ALTO without a page is none.
  if (alto.length > 0) await add('alto.xml', 'application/xml', altoDocument(inputs[0]?.name ?? '', alto))
  return outputs

  async function prepare({ page, turn, skew, file }: (typeof readable)[number]) {
    const finished = await readFinished(file)
    const text = await openLayer(page, Buffer.from(finished.layer, 'base64'), engine)
    const layer = { finished, page, turn, skew, text }
    if (options.mode !== 'force') return [layer]
    return [{ ...layer, picture: await drawPicture(document.path, page, { dpi: dpiOf(page), skew }, engine) }]
  }
}
