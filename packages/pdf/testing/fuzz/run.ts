import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Asked, Told } from './told.ts'

/** What is wrong with a case, in words. */
export type Finding = { seed: number; index: number; why: string }

export type FuzzReport = {
  cases: number
  /** Those that were read, and not refused in words. */
  read: number
  /** Memory that a few cases tried together took at most, bytes. */
  mostBytes: number
  findings: Finding[]
}

/** Processor time that one case may take: a thousand times what most take, seconds. */
const mostSeconds = 10
/** Hundredths of a second, which the kernel counts processor time in. */
const ticks = 100

/**
 * Tries changed documents on the reader in a process of its own, which is killed where a case hangs; the next process
 * goes on behind that.
 * @param isEnough asked between processes and each second whether to go no further
 */
export async function fuzz(
  seed: number,
  { from = 0, to, isEnough = () => false }: { from?: number; to: number; isEnough?: () => boolean },
): Promise<FuzzReport> {
  const report: FuzzReport = { cases: 0, read: 0, mostBytes: 0, findings: [] }
  // A process that is killed removes nothing.
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-fuzz-'))
  try {
    for (let next = from; next < to && !isEnough();)
      next = (await tried({ seed, from: next, to, folder }, isEnough, report)) + 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return report
}

/** @returns the last case that was tried */
async function tried(asked: Asked, isEnough: () => boolean, report: FuzzReport): Promise<number> {
  const { seed, from, to } = asked
  const child = fork(path.join(import.meta.dirname, 'process.ts'), [JSON.stringify(asked)])
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let [current, since, isStopped] = [from, 0, false]
  child.on('message', (message) => {
    const told = Told.parse(message)
    if (told.kind === 'begun') [current, since] = [told.index, -1]
    else if (told.kind === 'grown') report.mostBytes = Math.max(report.mostBytes, told.bytes)
    else if (told.kind === 'fault') report.findings.push({ seed, index: told.index, why: told.why })
    else [report.cases, report.read] = [report.cases + 1, report.read + Number(told.isRead)]
  })
  const watch = async () => {
    for (
      ;
      child.exitCode === null && !isStopped;
      await Promise.race([wait(1000, undefined, { ref: false }), ended])
    ) {
      const seconds = processorSeconds(child.pid)
      if (since < 0) since = seconds
      isStopped = isEnough() || seconds - since > mostSeconds
    }
    if (isStopped) child.kill('SIGKILL')
  }
  const [code] = await Promise.all([ended, watch()])
  if (code === 0) return to
  if (!isEnough())
    report.findings.push({
      seed,
      index: current,
      why: isStopped ? 'it hangs' : `it ends the process: ${code}`,
    })
  return current
}

/** Processor time of a process so far (proc(5), fields 14 and 15 of stat). */
function processorSeconds(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / ticks
  } catch {
    return 0
  }
}
