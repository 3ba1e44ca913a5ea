import { mkdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { openProgress } from '@pdf-smaller/task'
import { type Compressed, compressDocument } from './document.ts'
import type { CompressContext, Options, Source } from './options.ts'
import { stages } from './stages.ts'

type Part = {
  /** What the other task has of its attempt. */
  context: Omit<CompressContext, 'options' | 'progress' | 'tellPages' | 'workspace'>
  options: Options
  /** A new folder, in which all that compressing writes stays; its maker removes it. */
  folder: string
  /** `part` goes from 0 to 1. */
  progress: (part: number, message: string) => void
}

/** Compresses a document as a part of another task; the document moves into the folder. */
export async function compressAsPart(
  source: Source,
  { context, options, folder, progress }: Part,
): Promise<Compressed> {
  await mkdir(folder)
  // Engines name files in their messages; what stands in their own folder is named without it.
  const own = { ...source, path: path.join(folder, path.basename(source.path)) }
  await rename(source.path, own.path)
  const progressOf = openProgress(stages, 1)
  return compressDocument(own, {
    ...context,
    options,
    workspace: folder,
    engine: { ...context.engine, cwd: folder },
    // The other task tells of all its pages.
    tellPages: () => {},
    progress: (...step) => {
      const { percentage, message } = progressOf(...step)
      progress(percentage / 100, message)
    },
  })
}
