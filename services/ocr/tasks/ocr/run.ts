import { placedImages, textOfPages } from '@pdf-smaller/engines'
import { openBudget } from '@pdf-smaller/judge'
import { inspect } from '@pdf-smaller/pdf'
import type { RunTask } from '@pdf-smaller/task'
import { bitonalPages, chooseEngine, planResolutions, readPage, summaryOf } from '@pdf-smaller/recognition'
import { archive } from './archive.ts'
import { assemble } from './assemble.ts'
import { documentOfInputs } from './document-of-inputs.ts'
import { replacedLayers } from './old-layer.ts'
import { pagesToRead } from './pages-to-read.ts'
import { judgeArchive, judgeSearchable } from './judge-result.ts'
import { optimise } from './optimise.ts'
import type { Options } from './options.ts'
import { readPages } from './read-pages.ts'
import { refuseTagged } from './refuse.ts'
import type { Result } from './result.ts'

/** Makes a document searchable: inspect → read pages on all cores → put their text under what they show → judge. */
export const run: RunTask<Options, Result> = async (context) => {
  const { options, engine, progress } = context
  const budget = openBudget()
  progress('inspection', 0, 1, 'reading the file')
  const file = await documentOfInputs(context)
  const document = await inspect(file, engine, { signed: options.signed === 'break' })
  if (options.tagged === 'refuse') refuseTagged(document)
  const texts = await textOfPages(document.path, engine, document.pages)
  const images = await placedImages(document.path, engine, document.pages)
  const { pages, old, layers, typed } = await pagesToRead(document, { texts, images }, context)
  context.tellPages(pages.length)
  const { toRead, toShow } = planResolutions(document, images, options.dpi)
  const { languages } = options
  const chosen = await chooseEngine(
    {
      engine: options.engine,
      languages,
      pages: pages.length,
      read: (reader) => {
        const [page = 1] = pages
        const how = { engine: reader, languages, ...toRead(page) }
        return readPage(document.path, page, engine, how)
      },
    },
    engine,
  )
  const read = await readPages(document, pages, { engine: chosen, toRead, layers, typed }, context)
  const assembled = await assemble(
    { document, read, texts, layers, toShow, bitonal: bitonalPages(images) },
    context,
  )
  const looked = await judgeSearchable(document, read, assembled, budget, context)
  const { outputs: smaller, ...optimised } = await optimise(assembled, context)
  const { outputs, ...archived } = await archive(smaller, context)
  await judgeArchive(smaller, outputs, budget, context)
  const turned = read.flatMap((each) => (each.kind === 'read' && each.turn !== 0 ? [each.page] : []))
  const straightened = read.flatMap((each) =>
    each.kind === 'read' && each.skew !== 0 ? [{ page: each.page, degrees: each.skew }] : [],
  )
  return {
    outputs,
    result: {
      mode: options.mode,
      engine: chosen,
      pages: document.pages,
      untouched: document.pages - read.filter(({ kind }) => kind === 'read').length,
      turned: turned.slice(0, 1000),
      straightened: straightened.slice(0, 1000),
      recognition: summaryOf(read, options.lowConfidence),
      ...(old ? { oldLayers: replacedLayers(old, read) } : {}),
      repaired: document.repaired,
      ...(looked ? { looked } : {}),
      ...optimised,
      ...archived,
    },
  }
}
