import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { openEntryNames, openZip, type Zip } from '@pdf-smaller/archive'
import { describeFailure, type JobFailure } from '@pdf-smaller/contracts'
import { openProgress } from '@pdf-smaller/worker/progress'
import type { InputFile, RunTask } from '@pdf-smaller/worker/task'
import type { CompressContext, Options } from '@pdf-smaller/compress/options'
import { run as compressDocument } from '@pdf-smaller/compress/run'
import { compress } from '../compress/task.ts'
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
      files.push(await compressInto(zip, entryName, input, contextOf(context, index, input)))
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

async function compressInto(
  zip: Zip,
  entryName: (name: string) => string,
  input: InputFile,
  context: CompressContext,
): Promise<FileResult> {
  const { workspace: folder } = context
  const own = { ...input, path: path.join(folder, path.basename(input.path)) }
  await mkdir(folder)
  try {
    // Engines name files in their messages; what stands in their own folder is named without it.
    await rename(input.path, own.path)
    const { outputs, result: report } = await compressDocument({ ...context, inputs: [own] })
    const [output = own] = outputs
    const entry = entryName(input.name)
    await zip.add(entry, output.path)
    return {
      outcome: report.gain === 'smaller' ? 'compressed' : 'unchanged',
      name: input.name,
      entry,
      bytesBefore: report.bytesBefore,
      bytesAfter: report.bytesAfter,
      report,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What compress needs for one file: a folder of its own, and a part of the progress. */
function contextOf(context: CompressContext, index: number, input: InputFile): CompressContext {
  const folder = path.join(context.workspace, `file-${index}`)
  const total = context.inputs.length
  const progressOf = openProgress(compress.stages, 1)
  return {
    ...context,
    workspace: folder,
    engine: { ...context.engine, cwd: folder },
    progress: (...step) => {
      const { percentage, message } = progressOf(...step)
      const told = `${input.name} (${index + 1} of ${total}): ${message}`
      context.progress('compression', index + percentage / 100, total, told)
    },
  }
}
