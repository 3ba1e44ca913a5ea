import { readFileSync } from 'node:fs'
import type { EngineContext } from '@pdf-smaller/engines'

/** The judge may take so much of a task's processor time, or so long in any case: a part, and milliseconds. */
const [part, leastMs] = [0.1, 1000]

/** What looking at results may cost. */
export type Budget = {
  /** Milliseconds of processor time that are left. */
  left: () => number
  /** Does work of this thread on the judge's account. */
  spend: <T>(work: () => Promise<T>) => Promise<T>
  /** What engines run in whose work is on the judge's account, too. */
  charged: (context: EngineContext) => EngineContext
}

/** Processor time so far, milliseconds. */
export type Clock = () => number

/**
 * Opens the judge's account at the begin of a task. It goes by processor time: a busy machine takes none of what the judge
 * looks at.
 * @param task of the task
 * @param own of this thread
 */
export function openBudget(task: Clock = taskClock(), own: Clock = ownMs): Budget {
  const startedAt = task()
  let [spent, working, since] = [0, 0, 0]
  const spentSoFar = () => spent + (working > 0 ? own() - since : 0)
  return {
    left: () => {
      const judged = spentSoFar()
      return Math.max(leastMs, (task() - startedAt - judged) * part) - judged
    },
    spend: async (work) => {
      if (working++ === 0) since = own()
      try {
        return await work()
      } finally {
        if (--working === 0) spent += own() - since
      }
    },
    charged: (context) => ({
      ...context,
      onExit: (usage) => {
        spent += usage.processorMs ?? usage.wallMs
        context.onExit?.(usage)
      },
    }),
  }
}

const inMs = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000

const ownMs: Clock = () => inMs(process.threadCpuUsage())

/**
 * The processor time of this process and of the engines that it has seen end. Other tasks that run at the same time count
 * as well, so that the clock bounds it.
 */
function taskClock(): Clock {
  const [clock, processor] = [performance.now(), processMs()]
  let [known, at] = [0, 0]
  return () => {
    const passed = performance.now() - clock
    if (passed - at > newsMs) [known, at] = [Math.min(passed, processMs() - processor), passed]
    return known
  }
}

/** Looking at the processor's clock takes a part of a millisecond, and it is asked for every page. */
const newsMs = 20

/** A hundredth of a second: the unit of proc(5) on every Linux of today. */
const tickMs = 10

function processMs(): number {
  return inMs(process.cpuUsage()) + endedChildrenMs()
}

/** The fields cutime and cstime of /proc/self/stat, counted behind the name, which may hold anything; 0 where there is none. */
function endedChildrenMs(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1')
    const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(14, 16).map(Number)
    return (user + system) * tickMs
  } catch {
    return 0
  }
}
