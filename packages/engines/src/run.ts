import { JobFailure } from '@pdf-smaller/contracts'
import { execa } from 'execa'
import type { EngineContext, EngineUsage } from './context.ts'
import { type EngineLimits, failureOfEnding, memoryRanOut, type Stopped } from './ending.ts'
import { detectWrappers, underLimits, type Wrappers } from './limits.ts'
import { watchPeakMemory } from './peak-memory.ts'
import { isDiskFull } from './work-disk.ts'

export type RunOptions = {
  /** Exit codes that are no failure. */
  okCodes?: readonly number[]
  /** Processor time. By the clock it may run ten times as long, for that is what other work takes from it. */
  timeoutMs?: number
  /** Most bytes of standard output, and of any one file that the engine writes. */
  outputLimitBytes?: number
  /** Added to the otherwise bare environment. */
  env?: Readonly<Record<string, string>>
}

export type RunResult = {
  stdout: Buffer
  /** The beginning of what it said; the rest is dropped. */
  stderr: string
  exitCode: number
  wallMs: number
  /** Most resident memory; 0 for a process too short to be seen. */
  peakBytes: number
}

const stderrLimitBytes = 32 * 1024
const clockFactor = 10

/**
 * Runs an engine to its end: no shell, a process group of its own, standard input closed, a bare environment, and limits
 * on time, memory and output. The group is killed on abort, and the engine with the worker.
 * @param engine name of the program
 * @throws JobFailure engine_missing, engine_timeout, out_of_memory, decompression_bomb (too much output), work_disk_full;
 * EngineFailure where it ended by itself
 * @throws the signal's reason when it aborts
 */
export async function run(
  engine: string,
  args: readonly string[],
  ctx: EngineContext,
  options: RunOptions = {},
): Promise<RunResult> {
  return ctx.core(() => runNow(engine, args, ctx, options))
}

async function runNow(
  engine: string,
  args: readonly string[],
  ctx: EngineContext,
  options: RunOptions,
): Promise<RunResult> {
  const { okCodes = [0], timeoutMs = 120_000, outputLimitBytes: outputBytes = 2 ** 30 } = options
  const limits = { processorMs: timeoutMs, clockMs: timeoutMs * clockFactor, outputBytes }
  const command = await commandOf(engine, args, ctx, limits)
  ctx.signal.throwIfAborted()
  const started = performance.now()
  const child = start(command, ctx, options.env)
  const stop = stopper(child.pid, ctx.signal, limits.clockMs)
  // What it started would go on, and hold its output open.
  child.nodeChildProcess.once('exit', stop.kill)
  const peak = child.pid ? watchPeakMemory(child.pid) : () => 0
  const stdout = collect(child.stdout, outputBytes, () => stop.because('output'))
  const stderr = collect(child.stderr, stderrLimitBytes, () => {})
  const { exitCode, signal, code } = await child.finally(stop.disarm)
  const usage = { wallMs: performance.now() - started, peakBytes: peak() }
  const told = { engine, ...usage, ...(exitCode === undefined ? {} : { exitCode }) }
  return tellingEnd(told, ctx, async () => {
    ctx.signal.throwIfAborted()
    // The wrappers, as a shell would, exit with 127 when there is no such program.
    if (code === 'ENOENT' || exitCode === 127) throw new JobFailure('engine_missing', engine)
    const said = Buffer.concat(stderr).toString('utf8')
    const diskFull = await isDiskFull(ctx.cwd, started)
    // Many an engine ends well although it could not write or keep all of what it made.
    const isDone = exitCode !== undefined && okCodes.includes(exitCode) && !diskFull
    if (isDone && (exitCode === 0 || !memoryRanOut.test(said)))
      return { stdout: Buffer.concat(stdout), stderr: said, exitCode, ...usage }
    throw failureOfEnding({
      engine,
      args,
      exitCode,
      signal,
      stopped: stop.reason(),
      stderr: said,
      limits,
      cwd: ctx.cwd,
      diskFull,
      again: () => run(engine, args, ctx, options),
    })
  })
}

/** Tells of an engine that has ended, with what it failed with. @param judge gives its result, or throws */
async function tellingEnd<T>(
  usage: EngineUsage,
  { onExit, signal }: EngineContext,
  judge: () => Promise<T>,
): Promise<T> {
  try {
    const result = await judge()
    onExit?.(usage)
    return result
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error
    onExit?.({ ...usage, failed: reason instanceof JobFailure ? reason.code : 'internal_error' })
    throw error
  }
}

async function commandOf(
  engine: string,
  args: readonly string[],
  { memoryBytes }: EngineContext,
  { processorMs, outputBytes }: EngineLimits,
): Promise<[string, ...string[]]> {
  const limits = { memoryBytes, cpuSeconds: processorMs / 1000, fileBytes: outputBytes }
  return underLimits([engine, ...args], limits, await systemWrappers())
}

let wrappers: Promise<Wrappers> | undefined

/** The wrappers that this system has; the same for whatever a process runs, so they are looked for once. */
export function systemWrappers(): Promise<Wrappers> {
  return (wrappers ??= detectWrappers(succeeds))
}

const bare = { extendEnv: false, reject: false, stdin: 'ignore', buffer: false } as const

/** Programs are found where the worker itself finds them. */
const searchPath = () => ({ PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin' })

function start([file, ...args]: [string, ...string[]], ctx: EngineContext, env: RunOptions['env']) {
  return execa(file, args, {
    ...bare,
    cwd: ctx.cwd,
    detached: true,
    cleanup: false,
    env: {
      ...searchPath(),
      LANG: 'C.UTF-8',
      HOME: ctx.cwd,
      TMPDIR: ctx.cwd,
      ...(ctx.traceparent ? { TRACEPARENT: ctx.traceparent } : {}),
      ...env,
    },
  })
}

async function succeeds([file, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  const { failed } = await execa(file, args, {
    ...bare,
    env: searchPath(),
    stdout: 'ignore',
    stderr: 'ignore',
  })
  return !failed
}

/** Kills the process group when the signal aborts, the time is up or somebody says so; remembers why. */
function stopper(pid: number | undefined, signal: AbortSignal, clockMs: number) {
  let stopped: Stopped
  const kill = () => {
    try {
      if (pid) process.kill(-pid, 'SIGKILL')
    } catch {
      // It has ended already.
    }
  }
  const because = (reason: Stopped) => {
    stopped ??= reason
    kill()
  }
  const timer = setTimeout(() => because('clock'), clockMs)
  signal.addEventListener('abort', kill, { once: true })
  return {
    kill,
    because,
    reason: () => stopped,
    disarm: () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', kill)
    },
  }
}

/** Gathers a stream up to a limit; what comes after it is dropped. */
function collect(stream: NodeJS.ReadableStream, limitBytes: number, onFull: () => void): Buffer[] {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    if (size > limitBytes) return
    size += chunk.length
    if (size > limitBytes) onFull()
    else chunks.push(chunk)
  })
  return chunks
}
