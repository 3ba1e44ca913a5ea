import { mkdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Level } from '@pdf-smaller/compress/levels'
import { compressFile } from '@pdf-smaller/compress/testing/context'

/** A file, and what the real compression makes of it at each level. */
export type CompressedFile = { name: string; original: string; results: Record<Level, string> }

/** Compresses each file at each level into `folder`, where what an earlier run left is taken as it is. */
export async function compressedFiles(files: readonly string[], folder: string): Promise<CompressedFile[]> {
  await mkdir(folder, { recursive: true })
  const done: CompressedFile[] = []
  for (const original of files) {
    const name = path.basename(original)
    const resultOf = (level: Level) => path.join(folder, `${name}.${level}.pdf`)
    const results = {
      low: resultOf('low'),
      medium: resultOf('medium'),
      high: resultOf('high'),
      maximum: resultOf('maximum'),
    }
    try {
      for (const level of Level.options) await compressTo(results[level], original, level)
      done.push({ name, original, results })
    } catch (error) {
      process.stderr.write(`${name} is left out: ${String(error)}\n`)
    }
  }
  return done
}

async function compressTo(result: string, original: string, level: Level): Promise<void> {
  if (await stat(result).catch(() => undefined)) return
  const startedAt = performance.now()
  const { output } = await compressFile(original, { level })
  await writeFile(result, output)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  process.stderr.write(`${path.basename(result)}: ${output.length} bytes, ${seconds} s\n`)
}
