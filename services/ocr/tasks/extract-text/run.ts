import { open } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { inspect, type InspectedPdf } from '@pdf-smaller/pdf'
import { pagesOf } from '@pdf-smaller/pdf/page-ranges'
import type { RunTask } from '@pdf-smaller/task'
import { type ExtractedPage, type PageOutcome, pageTexts, summaryOf } from '@pdf-smaller/recognition'
import { jsonEnd, jsonHead, jsonOf } from './json.ts'
import { markdownOf } from './markdown.ts'
import type { ExtractContext, Format, Options } from './options.ts'
import type { Result } from './result.ts'

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
  const format = formats[options.format]
  const file = path.join(workspace, `text.${format.extension}`)
  const counts = await writePages(file, format, textsOf(document, pages, context), pages.length, context)
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

function textsOf(document: InspectedPdf, pages: readonly number[], { options, engine }: ExtractContext) {
  const reader = { engine: options.engine, languages: options.languages, dpi: options.dpi }
  const how = {
    told: { words: options.format !== 'text', rows: options.layout },
    reader: options.ocr === 'never' ? undefined : reader,
  }
  return pageTexts(document, pages, how, engine)
}

async function writePages(
  file: string,
  format: FormatOf,
  texts: AsyncIterable<ExtractedPage>,
  total: number,
  { progress, signal }: ExtractContext,
) {
  const outcomes: PageOutcome[] = []
  const withoutText: number[] = []
  let [digital, characters, done] = [0, 0, 0]
  await using output = await open(file, 'wx')
  await output.write(format.head)
  for await (const page of texts) {
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
