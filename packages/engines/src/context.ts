import type { FailureCode } from '@pdf-smaller/contracts'

/** What drawing a page in this process may take. */
export type DrawingLimits = {
  /** Memory of one thread that draws, bytes. */
  memoryBytes: number
  /** Pixels of one drawing. */
  mostPixels: number
  /** Processor time for a page or some text, ms. */
  ms: number
}

export const usualDrawing: DrawingLimits = { memoryBytes: 512 * 2 ** 20, mostPixels: 50e6, ms: 30_000 }

/** What a running engine may take, and whom it tells. */
export type EngineContext = {
  /** The attempt's private folder. */
  cwd: string
  /** Aborts on cancel, at the time limit and when the worker stops; the engine's process group is killed. */
  signal: AbortSignal
  /** Address space of one engine process, bytes. */
  memoryBytes: number
  /** Objects beyond which a document is not taken; 500,000 unless told. */
  mostObjects?: number
  /** What drawing in this process may take; `usualDrawing` unless told. */
  drawing?: DrawingLimits
  /** Cores of this host: more engines than that never run at once, so splitting work further gains nothing. */
  cores: number
  /** Runs `work` as soon as one of the host's cores is free. */
  core: <T>(work: () => Promise<T>) => Promise<T>
  /** W3C trace context, handed on in the environment. */
  traceparent?: string | undefined
  /** Told of a document that had to be mended as it was opened, in words; what it throws ends the work on it. */
  onRepair?: (file: string, mended: readonly string[]) => void
  /** Called once for each engine process that ended, and for each piece of work done in a thread. */
  onExit?: (usage: EngineUsage) => void
}

/** What an engine has taken: time by the clock and, where that is known, of the processor; the most memory it held. */
export type EngineUsage = {
  engine: string
  wallMs: number
  processorMs?: number
  peakBytes: number
  /** Of a process that ended by itself. */
  exitCode?: number
  /** What it failed with. */
  failed?: FailureCode
}
