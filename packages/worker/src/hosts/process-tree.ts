import { readdirSync, readFileSync } from 'node:fs'

/**
 * Kills a process and all that descend from it, with their process groups: engines have groups of their own, and what
 * they start stays in them. Where the system does not tell of children, the process alone is killed.
 */
export function killTree(pid: number): void {
  // Whoever is stopped starts nothing while this looks.
  send(pid, 'SIGSTOP')
  const descendants = descendantsOf(pid)
  const own = new Set(descendants)
  send(pid, 'SIGKILL')
  for (const each of descendants) {
    const group = groupOf(each)
    if (group !== undefined && own.has(group)) send(-group, 'SIGKILL')
    send(each, 'SIGKILL')
  }
}

/** The resident memory of a process and all that descend from it, bytes; what several of them share counts for each. */
export function memoryOfTree(pid: number): number {
  return [pid, ...descendantsOf(pid)].reduce((sum, each) => sum + residentMemory(each), 0)
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended already.
  }
}

/** By proc(5) `children`, which each thread of a process has for those that it started. */
function descendantsOf(pid: number): number[] {
  const found = childrenOf(pid)
  for (const each of found) found.push(...childrenOf(each))
  return found
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
    )
  } catch {
    return []
  }
}

/** In proc(5) `stat`, the third field after the program's name, which may hold anything. */
function groupOf(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`)
  const group = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]
  return group === undefined ? undefined : Number(group)
}

function residentMemory(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}
