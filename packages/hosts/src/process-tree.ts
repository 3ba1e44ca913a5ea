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

/** Whether a process, or one that descends from it, is stopped by a signal or a debugger. */
export function isHeld(pid: number): boolean {
  return [pid, ...descendantsOf(pid)].some((each) => /^t/i.test(fieldsOf(each)[0] ?? ''))
}

/** Whether a process has ended, and only waits for being asked how. */
export function isZombie(pid: number): boolean {
  return fieldsOf(pid)[0] === 'Z'
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

function groupOf(pid: number): number | undefined {
  const [, , group] = fieldsOf(pid)
  return group === undefined ? undefined : Number(group)
}

/** The fields of proc(5) `stat` after the program's name, which may hold anything: state, parent, group. */
function fieldsOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
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
