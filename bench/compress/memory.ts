import { readdirSync, readFileSync } from 'node:fs'

const pauseMs = 50

/** The most memory that a process and all below it hold at once: watched, and taken in parts. */
export type MemoryWatch = {
  /** The most since the last call, bytes. */
  take: () => number
  stop: () => void
}

/** Watches a tree of processes. What is shared counts once: proportional set sizes (`Pss` of proc(5)) are added up. */
export function watchMemory(root: number): MemoryWatch {
  let peak = 0
  const timer = setInterval(() => (peak = Math.max(peak, heldBelow(root))), pauseMs)
  const take = () => {
    const most = Math.max(peak, heldBelow(root))
    peak = 0
    return most
  }
  return { take, stop: () => clearInterval(timer) }
}

const heldBelow = (root: number): number => tree(root).reduce((sum, pid) => sum + heldBy(pid), 0)

function tree(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(tree)]
}

function childrenOf(pid: number): number[] {
  const tasks = orNothing(() => readdirSync(`/proc/${pid}/task`), [])
  return tasks.flatMap((task) =>
    orNothing(() => readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1'), '')
      .split(' ')
      .flatMap((child) => (child.trim() ? [Number(child)] : [])),
  )
}

function heldBy(pid: number): number {
  const rollup = orNothing(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'), '')
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024
}

/** A process may end while it is looked at. */
function orNothing<T>(read: () => T, nothing: T): T {
  try {
    return read()
  } catch {
    return nothing
  }
}
