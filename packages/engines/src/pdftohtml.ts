import { pixelsPerPoint, runsIn, type TextRun } from '@pdf-smaller/text'
import type { EngineContext } from './context.ts'
import { EngineFailure } from './engine-failure.ts'
import type { PageRange } from './page-range.ts'
import { textMs } from './reading-time.ts'
import { run } from './run.ts'

/**
 * The text that is seen on pages, with its fonts. Invisible text, as recognition puts it under a scan, is left out.
 * Sizes are rounded to thirds of a point.
 * @returns the runs of each page, in the order of the pages; undefined where the document does not permit that text is
 * copied, for which this program fails, and the one that has text and places does not
 */
export async function runsOfRange(
  file: string,
  context: EngineContext,
  pages: PageRange,
): Promise<TextRun[][] | undefined> {
  const range = ['-f', String(pages.first), '-l', String(pages.last)]
  const how = ['-xml', '-stdout', '-i', '-fontfullname', '-noroundcoord']
  const zoom = ['-zoom', String(pixelsPerPoint)]
  const args = ['-enc', 'UTF-8', ...range, ...how, ...zoom, file]
  const timeoutMs = textMs(pages)
  const found = await run('pdftohtml', args, context, { okCodes: [0, 3], timeoutMs }).catch(
    (error: unknown) => {
      if (error instanceof EngineFailure && forbidden.test(error.message)) return undefined
      throw error
    },
  )
  return found && runsIn(found.stdout.toString())
}

const forbidden = /Permission Error: Copying of text/
