import { execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { watchMemory } from './memory.ts'

const execute = promisify(execFile)

/** A shell that runs a command and tells, on its last line, what all processes below it took. */
const timed = '"$@" 2>/dev/null; code=$?; echo; times; exit $code'

/** What a command took, and whether it ended well. */
export type Ran = {
  cpuSeconds: number
  ok: boolean
  /** The most memory that all its processes held at once, bytes, since the last line that it told. */
  peakBytes: number
}

/**
 * Runs a command and adds up the processor time of all its processes.
 * @param onLine told of each line of its standard output, and of the most memory held since the last one
 */
export async function runTimed(
  command: readonly string[],
  limitSeconds: number,
  onLine: (line: string, peakBytes: () => number) => void = () => {},
): Promise<Ran> {
  const shell = spawn('bash', ['-c', timed, 'bash', ...command], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const timer = setTimeout(() => process.kill(-(shell.pid ?? 0), 'SIGKILL'), limitSeconds * 1000)
  const memory = watchMemory(shell.pid ?? 0)
  const ended = new Promise<boolean>((resolve) => shell.once('close', (code) => resolve(code === 0)))
  const lines: string[] = []
  for await (const line of createInterface({ input: shell.stdout })) {
    lines.push(line)
    onLine(line, memory.take)
  }
  const ok = await ended
  clearTimeout(timer)
  memory.stop()
  return { cpuSeconds: secondsIn(lines.slice(-2).join('\n')), ok, peakBytes: memory.take() }
}

/** Adds up the second line of the shell's `times`: user and system time of its children, as `0m1.250s`. */
export function secondsIn(times: string): number {
  const [, children = ''] = times.trim().split('\n')
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  )
}

/** Whether a program is installed. */
export const isInstalled = (program: string): Promise<boolean> =>
  execute('sh', ['-c', 'command -v "$0"', program]).then(
    () => true,
    () => false,
  )
