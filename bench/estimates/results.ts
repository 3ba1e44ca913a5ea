import { fork } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const Sizes = z.object({
  low: z.int(),
  medium: z.int(),
  high: z.int(),
  maximum: z.int(),
  /** Processor seconds of all four. */
  seconds: z.number(),
})
/** What each level made of a file, bytes. */
export type Sizes = z.infer<typeof Sizes>

const Line = z.object({ sha256: z.string(), sizes: Sizes.optional(), error: z.string().optional() })
type Line = z.infer<typeof Line>
const Answer = Line.omit({ sha256: true })

export type Original = { path: string; sha256: string }

/** As many files as are compressed at once. */
const atOnce = 2

/**
 * What the levels make of files. What an earlier run found stays in a file of `folder` that is named by the levels' digest,
 * so that a run can be broken off and begun again.
 */
export async function resultsOf(
  files: readonly Original[],
  folder: string,
  digest: string,
): Promise<Map<string, Sizes>> {
  await mkdir(folder, { recursive: true })
  const cache = path.join(folder, `results-${digest}.jsonl`)
  const known = new Map((await linesIn(cache)).map((line) => [line.sha256, line]))
  const missing = files.filter(({ sha256 }) => !known.has(sha256))
  const queue = [...missing]
  const one = async () => {
    await using child = start()
    for (let file = queue.shift(); file; file = queue.shift()) {
      const line: Line = { sha256: file.sha256, ...(await child.ask(file.path)) }
      known.set(line.sha256, line)
      await appendFile(cache, `${JSON.stringify(line)}\n`)
      const seconds = line.sizes ? `${line.sizes.seconds.toFixed(1)} s` : line.error
      process.stderr.write(
        `${missing.length - queue.length}/${missing.length} ${path.basename(file.path)}: ${seconds}\n`,
      )
    }
  }
  if (missing.length > 0) await Promise.all(Array.from({ length: atOnce }, one))
  return new Map(
    files.flatMap(({ sha256 }) => {
      const sizes = known.get(sha256)?.sizes
      return sizes ? [[sha256, sizes] as const] : []
    }),
  )
}

async function linesIn(file: string): Promise<Line[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => Line.parse(JSON.parse(line)))
}

function start() {
  const child = fork(path.join(import.meta.dirname, 'compress-one.ts'))
  return {
    ask: async (file: string) => {
      child.send(file)
      const ended = once(child, 'exit').then(() => [{ error: 'its process ended' }])
      const [answer]: unknown[] = await Promise.race([once(child, 'message'), ended])
      return Answer.parse(answer)
    },
    [Symbol.asyncDispose]: async () => {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined
      child.kill()
      await ended
    },
  }
}
