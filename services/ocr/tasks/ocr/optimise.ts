import { stat } from 'node:fs/promises'
import path from 'node:path'
import { compressAsPart } from '@pdf-smaller/compress/as-part'
import { Options as CompressOptions } from '@pdf-smaller/compress/options'
import type { OutputFile } from '@pdf-smaller/task'
import type { OcrContext } from './options.ts'
import type { Optimised } from './result.ts'

/** Makes the searchable document, the first of the outputs, smaller as the task `compress` does, where that is asked for. */
export async function optimise(
  outputs: readonly OutputFile[],
  { options, engine, workspace, signal, log, progress }: OcrContext,
): Promise<{ outputs: OutputFile[]; optimised?: Optimised }> {
  const [document, ...beside] = outputs
  if (options.optimise === 'off' || !document) return { outputs: [...outputs] }
  const { size } = await stat(document.path)
  const source = { path: document.path, size, signed: options.signed === 'break' }
  const { path: smaller, result } = await compressAsPart(source, {
    context: { engine, signal, log },
    options: CompressOptions.parse({ level: options.optimise }),
    folder: path.join(workspace, 'optimised'),
    progress: (part, message) => progress('optimisation', part, 1, message),
  })
  return { outputs: [{ ...document, path: smaller }, ...beside], optimised: result }
}
