import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { writeImagePages } from '@pdf-smaller/image-pages'
import { openAssembledJudge, openBudget } from '@pdf-smaller/judge'
import { mostPages } from '@pdf-smaller/pdf'
import type { InputFile, RunTask } from '@pdf-smaller/task'
import { assemble } from '../../assembly/assemble.ts'
import { askedOf } from '../../assembly/asked.ts'
import { droppedFrom, measured } from '../../assembly/report.ts'
import { openSources } from '../../assembly/open-sources.ts'
import { mostProtected, protectionOf } from '../../assembly/protection.ts'
import { signaturesOf } from '../../assembly/signatures.ts'
import type { Part, Source } from '../../assembly/source.ts'
import { writeAssembled } from '../../assembly/write-assembled.ts'
import { pagesOf } from '@pdf-smaller/pdf/page-ranges'
import { addExtraPages, type Layout, layoutOf } from './extra-pages.ts'
import { inOrder, titleOf } from './order.ts'
import type { MergeContext, Options } from './options.ts'
import { rangesOfFiles } from './ranges.ts'
import type { Result } from './result.ts'

/** Makes one document of several: inspect each → put the pages and what belongs to them together → write → judge. */
export const run: RunTask<Options, Result> = async (context) => {
  const { options, workspace, engine } = context
  const budget = openBudget()
  const parts = await partsOf(context)
  context.progress('assembly', 0, 1, `putting ${parts.length} files together`)
  const layout = layoutOf(parts, options)
  const { content, kept } = await assemble(parts, {
    metadata: metadataOf(options),
    titleOf,
    extraPages: (target, tree, extracts) => addExtraPages(target, tree, extracts, layout),
  })
  context.signal.throwIfAborted()
  context.progress('writing', 0, 1, `writing ${kept.pages} pages`)
  const output = path.join(workspace, 'merged.pdf')
  const bytes = await writeAssembled(output, content, parts, engine)
  context.progress('judgement', 0, 1, 'comparing the result with the files')
  const { front, blankBehind } = layout
  const asked = askedOf(parts, { front, behind: blankBehind, entries: parts.length })
  using judge = openAssembledJudge(engine, budget)
  const { looked, found } = await judge.judge(output, asked)
  context.progress('judgement', 1, 1, 'done')
  return {
    outputs: [{ path: output, name: 'merged.pdf', contentType: 'application/pdf' }],
    result: { bytes, files: filesOf(parts, layout), kept: measured(kept, found), ...lockOf(parts), looked },
  }
}

async function partsOf(context: MergeContext): Promise<Part[]> {
  const { inputs, options } = context
  if (inputs.length < 2) throw new JobFailure('missing_file', 'there must be two files or more to merge')
  const ranges = rangesOfFiles(options.pages, inputs.length)
  const sources = await openSources(
    { ...context, inputs: await pdfsOf(context) },
    (done) => context.progress('inspection', done, inputs.length, 'reading the files'),
    { signed: options.signed },
  )
  const parts = sources.map((source, index): Part => {
    const { pages } = source.document
    return { source, pages: pagesOf(ranges[index] ?? '1-', pages) }
  })
  const pages = parts.reduce((sum, part) => sum + part.pages.length, 0)
  if (pages > mostPages)
    throw new JobFailure('too_many_pages', `${pages} together, and ${mostPages} are allowed`)
  context.tellPages(pages)
  return inOrder(parts, options.order)
}

/** The inputs, with images as documents of their own. */
function pdfsOf({ inputs, engine }: MergeContext): Promise<InputFile[]> {
  return Promise.all(
    inputs.map(async (input) => {
      if (input.contentType === 'application/pdf') return input
      const file = `${input.path}.pdf`
      await writeImagePages([input], file, engine, { unsaid: 'screen' })
      return { ...input, path: file }
    }),
  )
}

const metadataOf = ({ title, author, subject, keywords }: Options) => ({ title, author, subject, keywords })

/** The protection of the result. */
function lockOf(parts: readonly Part[]): Pick<Result, 'protection'> {
  const source = mostProtected(parts)?.source
  const protection = protectionOf(source?.document.encryption)
  return source && protection ? { protection: { from: source.fileName, ...protection } } : {}
}

function filesOf(parts: readonly Part[], { starts, front }: Layout): Result['files'] {
  return parts.map(({ source, pages }, index) => ({
    name: source.fileName,
    pages: pages.length,
    of: source.document.pages,
    from: starts[index] ?? 1,
    repaired: source.document.repaired,
    dropped: droppedFrom(source, index === 0 && front === 0),
    signatures: signaturesOf(source),
    ...protectionIn(source),
  }))
}

function protectionIn({ document: { encryption } }: Source): Pick<Result['files'][number], 'protection'> {
  const protection = protectionOf(encryption)
  return protection ? { protection } : {}
}
