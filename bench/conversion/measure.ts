import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { isInstalled, runTimed } from '../compress/run.ts'

const execute = promisify(execFile)
const taskProcess = path.join(import.meta.dirname, 'task-process.ts')

/** What a way to do the work took: the best wall clock of its rounds, the processor time of one, and memory where known. */
export type Took = { name: string; seconds: number; cpuSeconds: number; peakMb?: number; kept?: string }

const Printed = z.object({ ms: z.number(), peakMb: z.number(), result: z.unknown() })

/** Runs a task in a process of its own; the first round warms it up, and the processor time is that of a single round. */
export async function measureTask(
  task: string,
  files: readonly string[],
  options: object,
  rounds: number,
  kept: (result: unknown) => string,
): Promise<Took> {
  const order = (rounds: number) => JSON.stringify({ task, files, options, rounds })
  const { stdout } = await execute(process.execPath, [taskProcess, order(rounds)], { maxBuffer: 2 ** 26 })
  const { ms, peakMb, result } = Printed.parse(JSON.parse(stdout))
  // What the process takes to start is its own.
  const [single, double] = [await cpuOf(order(1)), await cpuOf(order(2))]
  const cpuSeconds = Math.max(0, Math.min(single, double - single))
  return { name: 'PDF Smaller', seconds: ms / 1000, cpuSeconds, peakMb, kept: kept(result) }
}

async function cpuOf(order: string): Promise<number> {
  const { cpuSeconds } = await runTimed([process.execPath, taskProcess, order], 300)
  return cpuSeconds
}

/** A bare command; `{}` stands for a folder for what it makes. */
export type Command = { name: string; args: readonly string[]; kept?: (folder: string) => Promise<string> }

/** Runs a command in as many rounds; undefined when its program is not installed. */
export async function measureCommand(
  { name, args, kept }: Command,
  rounds: number,
): Promise<Took | undefined> {
  const program = args[0] === 'sh' ? (/^\S+/.exec(args[2] ?? '')?.[0] ?? '') : (args[0] ?? '')
  if (!(await isInstalled(program))) return undefined
  let [seconds, cpuSeconds, told] = [Infinity, Infinity, '']
  for (let round = 0; round < rounds; round++) {
    const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-bench-'))
    try {
      const startedAt = performance.now()
      const ran = await runTimed(
        args.map((each) => each.replaceAll('{}', folder)),
        300,
      )
      seconds = Math.min(seconds, (performance.now() - startedAt) / 1000)
      cpuSeconds = Math.min(cpuSeconds, ran.cpuSeconds)
      told = ran.ok ? ((await kept?.(folder)) ?? '') : 'failed'
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return { name, seconds, cpuSeconds, kept: told }
}

/** Links that lead to a page of the file itself, and entries of its outline. */
export async function linksAndEntries(file: string): Promise<string> {
  const keys = ['qpdf', 'outlines', 'pages'].map((key) => `--json-key=${key}`)
  const { stdout } = await execute('qpdf', ['--warning-exit-0', '--json=2', ...keys, file], {
    maxBuffer: 2 ** 29,
  })
  const { qpdf, outlines, pages } = Structure.parse(JSON.parse(stdout))
  const objects = new Map(
    Object.entries(qpdf[1]).map(([key, { value }]) => [key.slice('obj:'.length), value]),
  )
  const resolved = (value: unknown) => objects.get(String(value)) ?? value
  const known = new Set<unknown>(pages.map(({ object }) => object))
  // The names of named destinations.
  for (const value of objects.values())
    for (const name of NameTree.safeParse(value).data?.['/Names'] ?? []) known.add(resolved(name))
  const leads = (value: unknown): boolean => {
    const link = Link.safeParse(value).data
    const destination = resolved(link?.['/Dest'] ?? Action.safeParse(resolved(link?.['/A'])).data?.['/D'])
    return known.has(Array.isArray(destination) ? destination[0] : destination)
  }
  const links = [...objects.values()].filter(leads).length
  const count = (entries: Entry[]): number => entries.reduce((sum, { kids }) => sum + 1 + count(kids), 0)
  return `${links} links, ${count(outlines)} entries`
}

type Entry = { kids: Entry[] }
const Entry: z.ZodType<Entry> = z.lazy(() => z.looseObject({ kids: z.array(Entry) }))
const Structure = z.looseObject({
  qpdf: z.tuple([z.unknown(), z.record(z.string(), z.looseObject({ value: z.unknown().optional() }))]),
  outlines: z.array(Entry),
  pages: z.array(z.looseObject({ object: z.string() })),
})
const Link = z.looseObject({
  '/Subtype': z.literal('/Link'),
  '/Dest': z.unknown().optional(),
  '/A': z.unknown().optional(),
})
const Action = z.looseObject({ '/S': z.literal('/GoTo'), '/D': z.unknown() })
const NameTree = z.looseObject({ '/Names': z.array(z.unknown()) })
