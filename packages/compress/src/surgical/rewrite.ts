import type { Work } from '../work.ts'
import { objectPacking } from '../objects/packing.ts'
import { turnBlackWhite } from './black-white/document.ts'
import { shortenContents } from './contents/renew.ts'
import { shortenProfiles } from './colour-profiles.ts'
import { mergeDuplicates } from './duplicates.ts'
import { liftFonts } from './fonts/own-objects.ts'
import { slimFonts } from './fonts/slim.ts'
import { renewImages } from './images/renew.ts'
import { dropPrivateData } from './private-data.ts'
import { repackStreams } from './repack.ts'
import { dropUnusedResources } from './resources/unused.ts'
import { shareParts } from './shared-parts.ts'
import { forgetUnreachable } from './unreachable.ts'

/**
 * The surgical pass: images, fonts and packed streams are encoded anew where that gains, and nothing else of the
 * document is touched. What nothing uses is dropped.
 */
export async function rewriteSurgically(given: Work, output: string): Promise<void> {
  const { settings, context, document, touched, analysis } = given
  const { copy } = document
  await dropPrivateData(copy, settings)
  const touchAll = () => {
    for (let page = 1; page <= document.pages; page++) touched.add(page)
  }
  if (await dropUnusedResources(document, context.signal)) touchAll()
  const lifted = await shortenContents(given)
  const work = { ...given, analysis: { ...analysis, images: [...analysis.images, ...lifted] } }
  await forgetUnreachable(copy, context.signal)
  if (settings.colours === 'black-white') {
    await turnBlackWhite(document, context.signal)
    touchAll()
  }
  await liftFonts(copy, context.signal)
  if (await slimFonts(given)) {
    given.fonts.lostGlyphs = true
    touchAll()
  }
  await renewImages(work)
  await shortenProfiles(copy)
  await repackStreams(copy.streams(), work, 0.8)
  work.tally.packedAgain((reference) => copy.stream(reference)?.file.length)
  await shareParts(copy, context.signal)
  work.encoded.merge(await mergeDuplicates(copy, context.signal))
  await copy.write(output, context.engine, objectPacking(settings.packing, context.engine))
}
