import type { WorkingCopy } from '@pdf-smaller/pdf'
import type { Work } from '../work.ts'
import type { CompressContext } from '../options.ts'
import { turnBlackWhite } from './black-white/document.ts'
import { mergeDuplicates } from './duplicates.ts'
import { slimFonts } from './fonts.ts'
import { renewImages } from './images/renew.ts'
import { inParallel } from './in-parallel.ts'
import { orAsItIs } from './or-as-it-is.ts'
import { dropPrivateData } from './private-data.ts'
import { repack } from './repack.ts'
import { dropUnusedResources } from './resources/unused.ts'
import { forgetUnreachable } from './unreachable.ts'

/**
 * The surgical pass: images, fonts and packed streams are encoded anew where that gains, and nothing else of the
 * document is touched. What nothing uses is dropped. qpdf takes the streams out and puts the new ones in.
 */
export async function rewriteSurgically(work: Work, output: string): Promise<void> {
  const { settings, context, document, touched } = work
  const { copy } = document
  await dropPrivateData(copy, settings)
  const touchAll = () => {
    for (let page = 1; page <= document.pages; page++) touched.add(page)
  }
  if (await dropUnusedResources(document, context.signal)) touchAll()
  forgetUnreachable(copy)
  if (settings.colours === 'black-white') {
    await turnBlackWhite(document, context.signal)
    touchAll()
  }
  await slimFonts(copy, settings)
  await repackStreams(copy, context)
  await renewImages(work)
  await mergeDuplicates(copy)
  await copy.write(output, context.engine)
}

async function repackStreams(copy: WorkingCopy, { engine, signal }: CompressContext): Promise<void> {
  await inParallel(engine.cores, copy.streams(), async (stream) => {
    signal.throwIfAborted()
    const { reference, dictionary } = stream
    // Metadata is looked for without unpacking it; what may be done to it is decided elsewhere.
    if (dictionary['/Type'] === '/Metadata' || dictionary['/Subtype'] === '/Image') return
    const raw = await copy.read(stream)
    // qpdf 11.3 writes an empty stream as invalid Flate.
    if (raw.length === 0 && dictionary['/Filter'] === undefined)
      return copy.putStream(reference, dictionary, Buffer.from('\n'))
    const packed = await orAsItIs(() => repack(dictionary, raw, copy))
    if (packed) await copy.putStream(reference, packed.dictionary, packed.bytes)
  })
}
