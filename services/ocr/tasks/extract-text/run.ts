import { open } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { aheadInOrder, type OcrEngine, type PageRange, placedImages, textOfPages } from '@pdf-smaller/engines'
import { inspect, type InspectedPdf } from '@pdf-smaller/pdf'
import { pagesOf } from '@pdf-smaller/pdf/page-ranges'
import type { RunTask } from '@pdf-smaller/task'
import { chooseEngine } from '../../recognition/engine.ts'
import { readPage } from '../../recognition/read-page.ts'
import { rangesOf } from '../../recognition/ranges-of-pages.ts'
import { planResolutions } from '../../recognition/resolution.ts'
import { type PageOutcome, summaryOf } from '../../recognition/summary.ts'
import { stampedScans, typedTexts } from '../../recognition/typed-text.ts'
import { type ExtractedPage, type ExtractPlan, extractRange } from './extracted-page.ts'
import { fontHeights } from './font-sizes.ts'
import { withGlyphsAsSeen } from './leftward-glyphs.ts'
import { jsonEnd, jsonHead, jsonOf } from './json.ts'
import { markdownOf } from './markdown.ts'
import type { ExtractContext, Format, Options } from './options.ts'
import { hasResources } from './page-resources.ts'
import type { Result } from './result.ts'

/**
 * Starting a process for each page would take longer than reading its text; of more pages the text fills the memory.
 * Pages that are drawn are on the disk together.
 */
const mostPagesAtOnce = { never: 100, 'pages-without-text': 4 }

type FormatOf = {
  extension: string
  contentType: string
  head: string
  between: string
  end: string
  page: (page: ExtractedPage) => string
}

const formats: Record<Format, FormatOf> = {
  text: {
    extension: 'txt',
    contentType: 'text/plain; charset=utf-8',
    head: '',
    between: '\f',
    end: '',
    page: ({ text }) => text,
  },
  json: {
    extension: 'json',
    contentType: 'application/json',
    head: jsonHead,
    between: ',\n',
    end: jsonEnd,
    page: jsonOf,
  },
  markdown: {
    extension: 'md',
    contentType: 'text/markdown; charset=utf-8',
    head: '',
    between: '',
    end: '',
    page: markdownOf,
  },
}

/** Writes the text of pages: inspect → texts of some pages at once → into the file in their order. */
export const run: RunTask<Options, Result> = async (context) => {
  const { inputs, options, engine, workspace, progress } = context
  const [input] = inputs
  if (!input) throw new JobFailure('missing_file')
  progress('inspection', 0, 1, 'reading the file')
  const document = await inspect(input.path, engine, { signed: true })
  const pages = pagesOf(options.pages, document.pages).sort((one, other) => one - other)
  context.tellPages(pages.length)
  const plan = await planOf(document, pages, context)
  const format = formats[options.format]
  const file = path.join(workspace, `text.${format.extension}`)
  const counts = await writePages(file, format, rangesOf(pages, mostPagesAtOnce[options.ocr]), plan, context)
  const name = `${input.name.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.${format.extension}`
  return {
    outputs: [{ path: file, name, contentType: format.contentType }],
    result: {
      format: options.format,
      pages: pages.length,
      of: document.pages,
      digital: counts.digital,
      withoutText: counts.withoutText.slice(0, 1000),
      characters: counts.characters,
      recognition: summaryOf(counts.outcomes, options.lowConfidence),
      repaired: document.repaired,
    },
  }
}

async function planOf(
  document: InspectedPdf,
  pages: readonly number[],
  { options, engine }: ExtractContext,
): Promise<ExtractPlan> {
  let asSeen: Promise<string> | undefined
  const glyphsAsSeen = () => (asSeen ??= withGlyphsAsSeen(document, engine))
  const plan = { document, glyphsAsSeen, options, heights: fontHeights(document.copy), reading: undefined }
  if (options.ocr === 'never') return plan
  const images = await placedImages(document.path, engine, document.pages)
  const { toRead } = planResolutions(document, images, options.dpi)
  // A page without fonts has no text; that others have none, too, is not known yet.
  const scans = pages.filter((page) => !hasResources(document, page, '/Font'))
  const page = scans[Math.floor(scans.length / 2)] ?? 1
  const { languages } = options
  const read = (reader: OcrEngine) =>
    readPage(document.path, page, engine, {
      engine: reader,
      languages,
      ...toRead(page),
    })
  const chosen = await chooseEngine({ engine: options.engine, languages, pages: scans.length, read }, engine)
  const texts = await textOfPages(document.path, engine, document.pages)
  const typed = await typedTexts(document, pages, { texts, layers: new Map() }, engine)
  return { ...plan, reading: { engine: chosen, toRead, stamped: stampedScans(document, typed, images) } }
}

async function writePages(
  file: string,
  format: FormatOf,
  ranges: readonly PageRange[],
  plan: ExtractPlan,
  { engine, progress, signal }: ExtractContext,
) {
  const total = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0)
  const outcomes: PageOutcome[] = []
  const withoutText: number[] = []
  let [digital, characters, done] = [0, 0, 0]
  await using output = await open(file, 'wx')
  await output.write(format.head)
  const extract = (range: PageRange) => extractRange(plan, range, engine)
  for await (const page of aheadInOrder(ranges, engine.cores + 1, extract)) {
    signal.throwIfAborted()
    await output.write(`${done === 0 ? '' : format.between}${format.page(page)}`)
    const letters = page.text.replaceAll(/\s/g, '').length
    characters += letters
    if (letters === 0) withoutText.push(page.page)
    else if (page.source === 'digital') digital++
    if (page.outcome) outcomes.push(page.outcome)
    progress('extraction', ++done, total, `page ${page.page}`)
  }
  await output.write(format.end)
  return { outcomes, withoutText, digital, characters }
}
