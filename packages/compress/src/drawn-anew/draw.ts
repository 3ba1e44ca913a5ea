import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { redraw } from '@pdf-smaller/engines'
import {
  graphCopier,
  inherited,
  newDocument,
  type NewDocument,
  type PdfObjects,
  readPdf,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import { mediaBoxOf } from '@pdf-smaller/pdf/page-frame'
import type { InspectedDocument } from '../inspect.ts'
import type { CompressContext } from '../options.ts'
import { openStandIns, type StandIns } from './stand-ins.ts'

/** The pages as Ghostscript has drawn them anew. */
export type Drawn = {
  objects: PdfObjects
  /** Its pages, in the order of the original. */
  pages: readonly string[]
  standIns: StandIns
}

/**
 * Draws the contents of all pages anew, which makes contents and fonts compact. What is not drawn (boxes, links, outline,
 * forms, attachments) is left out, and images are replaced by stand-ins.
 */
export async function drawAnew(
  { copy, pageReferences }: InspectedDocument,
  { engine, workspace }: CompressContext,
  grayscale: boolean,
): Promise<Drawn> {
  const folder = path.join(workspace, 'drawn')
  await mkdir(folder)
  const [plain, drawn] = [path.join(folder, 'plain.pdf'), path.join(folder, 'drawn.pdf')]
  const standIns = openStandIns(copy)
  await plainDocument(copy, pageReferences, standIns).write(plain)
  await redraw(plain, drawn, engine, { pages: pageReferences.length, grayscale })
  const { objects, pages } = await readPdf(drawn, engine)
  if (pages.length !== pageReferences.length)
    throw new JobFailure('engine_failed', `gs: ${pages.length} pages instead of ${pageReferences.length}`)
  return { objects, pages, standIns }
}

/** The contents of the pages, and nothing else of the document. */
function plainDocument(copy: WorkingCopy, pages: readonly string[], standIns: StandIns): NewDocument {
  const plain = newDocument()
  const placeOf = (reference: string) => standIns.placeIn(plain, reference)
  const toPlain = graphCopier(copy.all, { placeOf, add: plain.add, put: plain.put })
  for (const page of pages) {
    const { '/Contents': contents } = copy.dictionary(page)
    plain.addPage(mediaBoxOf(copy, page), toPlain(contents), toPlain(inherited(copy, page, '/Resources')))
  }
  return plain
}
