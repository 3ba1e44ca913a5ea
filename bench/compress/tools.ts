import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { peers } from './peers.ts'
import { isInstalled, runTimed } from './run.ts'

/** What came of a file, besides the result. */
export type Made = {
  cpuSeconds: number
  /** The most memory that all processes held at once, bytes. */
  peakBytes: number
  /** There is a result; without one the file stays as it was. */
  ok: boolean
}

/** Something that makes PDFs smaller: it writes a result for each file, under the same name, to a folder. */
export type Tool = {
  name: string
  /** Of this project; the others are peers. */
  isOurs: boolean
  /** @returns what all took together, and each file by its name */
  compress: (
    files: readonly string[],
    folder: string,
  ) => Promise<{ cpuSeconds: number; made: Map<string, Made> }>
}

/** By the clock, for one file. */
const limitSeconds = 600
const levels = ['low', 'medium', 'high', 'maximum'] as const
const Told = z.object({ name: z.string(), ok: z.boolean(), cpuSeconds: z.number() })

/** A level, in one process for all files, as a worker that runs already. */
const ours = (level: string): Tool => ({
  name: level,
  isOurs: true,
  compress: async (files, folder) => {
    const made = new Map<string, Made>()
    const program = path.join(import.meta.dirname, 'compress-files.ts')
    // As hosts do: their code is compiled once, and kept, and memory is given back.
    const kept = `NODE_COMPILE_CACHE=${path.join(tmpdir(), 'pdf-smaller-bench-code')}`
    const given = `MALLOC_MMAP_THRESHOLD_=${256 * 1024}`
    const command = ['env', kept, given, process.execPath, program, level, folder, ...files]
    const ran = await runTimed(command, limitSeconds * files.length, (line, peakBytes) => {
      if (!line.startsWith('{')) return
      const { name, ...took } = Told.parse(JSON.parse(line))
      made.set(name, { ...took, peakBytes: peakBytes() })
    })
    if (!ran.ok) throw new Error(`not all files could be compressed at the level ${level}`)
    return { cpuSeconds: ran.cpuSeconds, made }
  },
})

/** A command for each file; what it can't do leaves the file as it was. */
const other = (name: string, command: (input: string, output: string) => readonly string[]): Tool => ({
  name,
  isOurs: false,
  compress: async (files, folder) => {
    const made = new Map<string, Made>()
    let cpuSeconds = 0
    for (const file of files) {
      const output = path.join(folder, path.basename(file))
      const ran = await runTimed(command(file, output), limitSeconds)
      cpuSeconds += ran.cpuSeconds
      made.set(path.basename(file), ran)
      if (!ran.ok) await copyFile(file, output)
    }
    return { cpuSeconds, made }
  },
})

/** The levels of this project and the peers that are installed, and the names of those that are not. */
export async function tools(): Promise<{ installed: Tool[]; missing: string[] }> {
  const installed: Tool[] = levels.map(ours)
  const missing: string[] = []
  for (const { name, needs, command } of peers) {
    if (await isInstalled(needs)) installed.push(other(name, command))
    else missing.push(name)
  }
  return { installed, missing }
}
