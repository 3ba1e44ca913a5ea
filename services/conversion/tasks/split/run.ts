import { unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { openEntryNames, openZip } from '@pdf-smaller/archive'
import { JobFailure } from '@pdf-smaller/contracts'
import { type Budget, openAssembledJudge, openBudget } from '@pdf-smaller/judge'
import type { RunTask } from '@pdf-smaller/task'
import { aheadInOrder } from '@pdf-smaller/engines'
import { askedOf } from '../../assembly/asked.ts'
import { openSources } from '../../assembly/open-sources.ts'
import { measured } from '../../assembly/report.ts'
import type { Source } from '../../assembly/source.ts'
import { blankPages } from './blank-pages.ts'
import { type Cut, cutsAtBlank, cutsOfEvery, cutsOfOutline, cutsOfParity, cutsOfRanges } from './cuts.ts'
import { nameOf } from './names.ts'
import type { Options, SplitContext } from './options.ts'
import { partsBySize, partWriter, type WritePart, type WrittenPart } from './parts.ts'
import { openReport } from './report.ts'
import type { Result } from './result.ts'

const bytesOfMegabyte = 1_000_000
/** Files that are written while the one before them goes into the archive. */
const filesAtOnce = 5
/** All files together may take so many times what the PDF takes; fonts and images that pages share are in each. */
const [mostTimes, leastLimit] = [50, 2 ** 30]

/** Makes several documents of one: inspect → cut → write each, judge it, put it into the archive, and let it go. */
export const run: RunTask<Options, Result> = async (context) => {
  const [input] = context.inputs
  if (!input) throw new JobFailure('missing_file')
  const budget = openBudget()
  context.progress('inspection', 0, 1, 'reading the file')
  const [source] = await openSources(context, () => {}, {
    anySize: context.options.by !== 'blank',
    signed: context.options.signed,
  })
  if (!source) throw new JobFailure('missing_file')
  context.tellPages(source.document.pages)
  const archive = path.join(context.workspace, 'parts.zip')
  const result = await archiveParts(source, archive, budget, context)
  const name = `${source.name}.zip`
  return { outputs: [{ path: archive, name, contentType: 'application/zip' }], result }
}

async function archiveParts(
  source: Source,
  archive: string,
  budget: Budget,
  context: SplitContext,
): Promise<Result> {
  const { options, workspace, signal } = context
  const { pages, bytes } = source.document
  const mostBytes = Math.max(leastLimit, bytes * mostTimes)
  const report = openReport(options.by === 'size' ? sizeLimit(options) : Infinity)
  const entryName = openEntryNames()
  using judge = openAssembledJudge(context.engine, budget)
  await using zip = await openZip(archive)
  for await (const part of partsOf(source, partWriter(source, workspace, context.engine), context)) {
    signal.throwIfAborted()
    const place = { name: source.name, index: report.files(), last: pages }
    const file = entryName(nameOf(options.name, part.cut, place))
    const asked = askedOf([{ source, pages: part.cut.pages }], { attachments: false })
    const { looked, found } = await judge.judge(part.file, asked, true)
    report.add(file, { ...part, kept: measured(part.kept, found) }, looked)
    if (report.bytes() > mostBytes)
      throw new JobFailure('too_large', `the parts together take more than ${mostBytes / 2 ** 20} MiB`)
    await zip.add(file, part.file)
    await unlink(part.file)
    context.progress('splitting', Math.max(...part.cut.pages), pages, `${report.files()} files written`)
  }
  const manifest = path.join(workspace, 'manifest.json')
  await writeFile(manifest, JSON.stringify({ source: source.fileName, files: report.entries() }, null, 1))
  await zip.add(entryName('manifest.json'), manifest)
  await zip.close()
  return report.result(source)
}

const sizeLimit = ({ megabytes = 0 }: Options) => Math.floor(megabytes * bytesOfMegabyte)

async function* partsOf(
  source: Source,
  write: WritePart,
  context: SplitContext,
): AsyncGenerator<WrittenPart> {
  const { options } = context
  if (options.by === 'size') return yield* partsBySize(source, write, sizeLimit(options))
  const cuts = await cutsOf(source, options.by, context)
  yield* aheadInOrder(cuts, filesAtOnce, async (cut) => [await write(cut)])
}

async function cutsOf(
  source: Source,
  by: Exclude<Options['by'], 'size'>,
  context: SplitContext,
): Promise<Cut[]> {
  const { options } = context
  const { pages, path: file } = source.document
  switch (by) {
    case 'every':
      return cutsOfEvery(options.every, pages)
    case 'ranges':
      return cutsOfRanges(options.ranges ?? '', pages)
    case 'outline':
      return cutsOfOutline(source, options.level)
    case 'blank':
      return cutsAtBlank(await blankPages(file, pages, context), pages)
    case 'parity':
      return cutsOfParity(pages)
    default:
      return by satisfies never
  }
}
