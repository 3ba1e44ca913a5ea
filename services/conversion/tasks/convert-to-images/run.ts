import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { openZip } from '@pdf-smaller/archive'
import { JobFailure } from '@pdf-smaller/contracts'
import { inspect, type InspectedPdf } from '@pdf-smaller/pdf'
import type { OutputFile, RunTask } from '@pdf-smaller/task'
import { pagesOf } from '@pdf-smaller/pdf/page-ranges'
import { drawSheets, sheetsFor } from './contact-sheet.ts'
import { drawBatch, type PageImage, scaleOf } from './draw.ts'
import { aheadInOrder } from '@pdf-smaller/engines'
import type { ConvertContext, Format, Options } from './options.ts'
import { planBatches } from './plan.ts'
import type { ImageEntry, Result } from './result.ts'

/** Makes images of pages: inspect → plan → draw and encode on all cores → into the archive in their order. */
export const run: RunTask<Options, Result> = async (context) => {
  const [input] = context.inputs
  if (!input) throw new JobFailure('missing_file')
  context.progress('inspection', 0, 1, 'reading the file')
  const document = await inspect(input.path, context.engine, { signed: true })
  const pages = pagesOf(context.options.pages, document.pages).sort((one, other) => one - other)
  context.tellPages(pages.length)
  const stem = input.name.replace(/\.[A-Za-z0-9]{1,5}$/, '')
  const counts = [
    context.options.layout === 'pages' ? pages.length : sheetsFor(pages.length),
    document.pages,
  ] as const
  const stored = await storeImages(imagesOf(document, pages, context), stem, counts, context)
  const [first] = stored.entries
  return {
    outputs: [stored.output],
    result: {
      format: context.options.format,
      pages: pages.length,
      of: document.pages,
      images: stored.entries.length,
      bytes: stored.entries.reduce((sum, { bytes }) => sum + bytes, 0),
      width: first?.width ?? 0,
      height: first?.height ?? 0,
      repaired: document.repaired,
    },
  }
}

/** The images in their order, as they get done. */
function imagesOf(
  document: InspectedPdf,
  pages: readonly number[],
  context: ConvertContext,
): AsyncGenerator<PageImage> {
  const { options, engine } = context
  if (options.layout === 'contact-sheet') return drawSheets(document, pages, context)
  const batches = planBatches(document, pages, scaleOf(options), engine.cores)
  return aheadInOrder(batches, engine.cores + 1, (batch) => drawBatch(document.path, batch, options, engine))
}

const contentTypes: Record<Format, string> = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' }
const extensions: Record<Format, string> = { png: 'png', jpeg: 'jpg', webp: 'webp' }

/** So many images can be fetched one by one, each as soon as it is done; of more there is only the archive. */
const mostPublished = 100

/** A single image as it is, several in an archive with their manifest. */
async function storeImages(
  images: AsyncIterable<PageImage>,
  stem: string,
  [pages, of]: readonly [number, number],
  { workspace, options, signal, progress, publish }: ConvertContext,
): Promise<{ output: OutputFile; entries: ImageEntry[] }> {
  const entries: ImageEntry[] = []
  const archive = path.join(workspace, 'images.zip')
  await using zip = await openZip(archive)
  let only: OutputFile | undefined
  for await (const { page, width, height, size, file } of images) {
    signal.throwIfAborted()
    const name = `${stem}-${String(page).padStart(String(of).length, '0')}.${extensions[options.format]}`
    entries.push({ page, file: name, width, height, bytes: size })
    progress('rendering', entries.length, pages, `page ${page}`)
    const output = { path: file, name, contentType: contentTypes[options.format] }
    if (pages === 1) only = output
    else {
      await Promise.all([zip.add(name, file), pages <= mostPublished && publish(output)])
      await rm(file)
    }
  }
  if (only) return { output: only, entries }
  const manifest = path.join(workspace, 'manifest.json')
  await writeFile(manifest, JSON.stringify({ images: entries }, null, 1))
  await zip.add('manifest.json', manifest)
  await zip.close()
  return { output: { path: archive, name: `${stem}.zip`, contentType: 'application/zip' }, entries }
}
