import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import type { OutputFile } from '@pdf-smaller/worker/task'
import { addLayer, type LayerFonts } from './add-layer.ts'
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
  const placed: string[] = []
  const shared: Partial<LayerFonts> = {}
  for (const [index, each] of read.entries()) {
    if (each.kind === 'failed') continue
    signal.throwIfAborted()
    const { page, turn } = each
    const { text, layer, hocr } = await readFinished(each.file)
    if (options.sidecar) whole[page - 1] = text
    if (hocr !== undefined) placed.push(hocr)
    const pdf = Buffer.from(layer, 'base64')
    const picture =
      options.mode === 'force' ? { picture: await drawPicture(document.path, page, dpiOf(page), engine) } : {}
    await layers.get(page)?.remove()
    await addLayer(document, { page, turn, pdf, ...picture }, shared, engine)
    progress('assembly', index + 1, read.length, `page ${page}`)
  }
  const stem = inputs[0]?.name.replace(/\.[A-Za-z0-9]{1,5}$/, '') ?? ''
  // A document that nothing was added to stays as it is, byte for byte.
  const isChanged = read.some(({ kind }) => kind === 'read')
  const output = isChanged ? path.join(workspace, 'searchable.pdf') : document.path
  if (isChanged) await document.copy.write(output, engine)
  const outputs = [{ path: output, name: `${stem}.pdf`, contentType: 'application/pdf' }]
  const add = async (extension: string, contentType: string, content: string) => {
    const file = path.join(workspace, `beside.${extension}`)
    await writeFile(file, content)
    outputs.push({ path: file, name: `${stem}.${extension}`, contentType })
  }
  if (options.sidecar) await add('txt', 'text/plain; charset=utf-8', whole.join('\f'))
  if (options.hocr) await add('hocr', 'application/xhtml+xml', hocrDocument(placed))
  return outputs
}
