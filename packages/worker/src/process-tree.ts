import { readdirSync, readFileSync } from 'node:fs'

type Process = { pid: number; parent: number; group: number }

/**
 * Kills a process and all that descend from it, with their process groups: engines have groups of their own, and what
 * they start stays in them. Where the system has no /proc, the process alone is killed.
 */
export function killTree(pid: number): void {
  const descendants = descendantsOf(pid)
  // First the one that could start more.
  kill(pid)
  const own = new Set(descendants.map((each) => each.pid))
  for (const { pid: each, group } of descendants) {
    if (own.has(group)) kill(-group)
    kill(each)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

function descendantsOf(pid: number): Process[] {
  const children = Map.groupBy(processes(), ({ parent }) => parent)
  const found = [...(children.get(pid) ?? [])]
  for (const each of found) found.push(...(children.get(each.pid) ?? []))
  return found
}

function processes(): Process[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => processOf(Number(name)) ?? [])
  } catch {
    return []
  }
}

/** The fields of proc(5) `stat` that follow the program's name, which may hold anything. */
function processOf(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { pid, parent: Number(parent), group: Number(group) }
  } catch {
    return undefined
  }
}
