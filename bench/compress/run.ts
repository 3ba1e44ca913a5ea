import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** A shell that runs a command and tells, on its last line, what all processes below it took. */
const timed = '"$@" >/dev/null 2>&1; code=$?; times; exit $code'

/** What a command took, and whether it ended well. */
export type Ran = { cpuSeconds: number; ok: boolean }

/** Runs a command and adds up the processor time of all its processes. */
export async function runTimed(command: readonly string[], limitSeconds: number): Promise<Ran> {
  const ended = await execute('bash', ['-c', timed, 'bash', ...command], {
    timeout: limitSeconds * 1000,
    killSignal: 'SIGKILL',
  }).then(
    ({ stdout }) => ({ stdout, ok: true }),
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '', ok: false }),
  )
  return { cpuSeconds: secondsIn(ended.stdout), ok: ended.ok }
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
