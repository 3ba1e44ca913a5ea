import { rm } from 'node:fs/promises'
import path from 'node:path'
import { openEntryNames, openZip, type Zip } from '@pdf-smaller/archive'
import { compressAsPart } from '@pdf-smaller/compress/as-part'
import { brief } from '@pdf-smaller/compress/brief'
import type { Options } from '@pdf-smaller/compress/options'
import { describeFailure, type JobFailure } from '@pdf-smaller/contracts'
import type { InputFile, RunTask, TaskContext } from '@pdf-smaller/task'
import { blames, noneWorked } from './file-failures.ts'
import { type FileResult, type Result, summed } from './result.ts'

/** Compresses one file after the other into a ZIP; what each leaves behind is removed before the next begins. */
export const run: RunTask<Options, Result> = async (context) => {
  const zipPath = path.join(context.workspace, 'compressed.zip')
  await using zip = await openZip(zipPath)
  const entryName = openEntryNames()
  const files: FileResult[] = []
  const failures: JobFailure[] = []
  for (const [index, input] of context.inputs.entries()) {
    try {
      files.push(await compressInto(zip, entryName, { input, index }, context))
    } catch (error) {
      context.signal.throwIfAborted()
      if (!blames(error)) throw error
      context.log.info({ file: index, code: error.code, why: error.why }, 'a file of the batch failed')
      failures.push(error)
      // The batch goes on without it.
      const failure = { ...describeFailure(error.code, error.why), retryable: false }
      files.push({ outcome: 'failed', name: input.name, bytesBefore: input.size, failure })
    }
  }
  context.progress('finalization', 0, 1, 'closing the ZIP')
  if (failures.length === files.length) throw noneWorked(failures, context.inputs)
  await zip.close()
  return {
    outputs: [{ path: zipPath, name: 'compressed.zip', contentType: 'application/zip' }],
    result: summed(files),
  }
}

/** The reports of a batch stand in one event: those of many files are brief, with so many lines of pictures in all. */
const [fewFiles, mostPictures] = [10, 400]

async function compressInto(
  zip: Zip,
  entryName: (name: string) => string,
  { input, index }: { input: InputFile; index: number },
  context: TaskContext<Options>,
): Promise<FileResult> {
  const { inputs, options, workspace } = context
  const folder = path.join(workspace, `file-${index}`)
  const progress = (part: number, message: string) => {
    const told = `${input.name} (${index + 1} of ${inputs.length}): ${message}`
    context.progress('compression', index + part, inputs.length, told)
  }
  try {
    const { path: file, result: report } = await compressAsPart(input, { context, options, folder, progress })
    const entry = entryName(input.name)
    await zip.add(entry, file)
    return {
      outcome: report.gain === 'smaller' ? 'compressed' : 'unchanged',
      name: input.name,
      entry,
      bytesBefore: report.bytesBefore,
      bytesAfter: report.bytesAfter,
      report: inputs.length > fewFiles ? brief(report, Math.floor(mostPictures / inputs.length)) : report,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
