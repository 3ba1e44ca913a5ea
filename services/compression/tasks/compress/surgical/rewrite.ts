import type { Work } from '../work.ts'
import { packObjects } from '../objects/pack-objects.ts'
import { mergeDuplicates } from './duplicates.ts'
import { slimFonts } from './fonts.ts'
import { renewImages } from './images/renew.ts'
import { dropPrivateData } from './private-data.ts'
import { repackStreams } from './repack.ts'

/**
 * The surgical pass: images, fonts and packed streams are encoded anew where that gains, and nothing else of the
 * document is touched. qpdf takes the streams out and puts the new ones in.
 */
export async function rewriteSurgically(work: Work, output: string): Promise<void> {
  const { settings, context } = work
  const { copy } = work.document
  await dropPrivateData(copy, settings)
  await slimFonts(copy, settings)
  const old = new Set(copy.streams().map(({ file }) => file))
  await renewImages(work)
  // Images that are new are packed already.
  const others = copy.streams().filter(({ file }) => old.has(file))
  await repackStreams(others, work, 0.8)
  await mergeDuplicates(copy)
  await copy.write(output, context.engine)
  await packObjects(output, settings.packing, context.engine)
}
