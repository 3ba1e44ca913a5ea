import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { redraw } from '@pdf-smaller/engines'
import { graphCopier, newDocument, type PdfObjects, readPdf, type WorkingCopy } from '@pdf-smaller/pdf'
import type { ShownCodes } from '../fonts/shown/shown-codes.ts'
import type { CompressContext } from '../options.ts'
import { type Embedded, embeddedFonts } from './embedded.ts'

/** All codes of a simple font have room on a page in one line. */
const sheet = [0, 0, 6000, 100]
const allCodes = Array.from({ length: 256 }, (_, code) => code)
const lineOf = (codes: Iterable<number>) =>
  `BT /F 10 Tf 20 40 Td <${Buffer.from([...codes]).toString('hex')}> Tj ET`

/** Programs as Ghostscript has written them, by the reference of the font that they can replace. */
export type Specimens = { objects: PdfObjects; of: (font: Embedded) => Embedded | undefined }

/**
 * Lets Ghostscript write the programs of simple fonts anew from pages that show every code of each that the document shows, wherever it
 * does; what else its pages hold plays no part.
 * @param shown undefined where fonts may be asked for any code
 * @throws JobFailure engine_failed
 */
export async function drawSpecimens(
  copy: WorkingCopy,
  fonts: readonly Embedded[],
  shown: ShownCodes | undefined,
  { engine, workspace }: CompressContext,
): Promise<Specimens> {
  const folder = path.join(workspace, 'specimens')
  await mkdir(folder)
  const [plain, drawn] = [path.join(folder, 'plain.pdf'), path.join(folder, 'drawn.pdf')]
  const document = newDocument()
  const toPlain = graphCopier(copy.all, { placeOf: () => undefined, add: document.add, put: document.put })
  for (const { reference, dictionary } of fonts) {
    const line = lineOf(shown?.(dictionary) ?? allCodes)
    const contents = document.add({ dictionary: {}, data: Buffer.from(line) })
    document.addPage(sheet, contents, { '/Font': { '/F': toPlain(reference) } })
  }
  await document.write(plain)
  await redraw(plain, drawn, engine, { pages: fonts.length, grayscale: false })
  const { objects, pages } = await readPdf(drawn, engine)
  const written = new Map(embeddedFonts(objects).map((font) => [font.reference, font]))
  const places = new Map(fonts.map(({ reference }, index) => [reference, pages[index] ?? '']))
  return {
    objects,
    of: ({ reference }) => {
      const page = objects.dictionary(places.get(reference))
      const shown = Object.values(objects.dictionary(objects.dictionary(page['/Resources'])['/Font']))
      const [only] = shown
      return shown.length === 1 && typeof only === 'string' ? written.get(only) : undefined
    },
  }
}
