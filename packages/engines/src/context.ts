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
  /** Cores of this host: more engines than that never run at once, so splitting work further gains nothing. */
  cores: number
  /** Runs `work` as soon as one of the host's cores is free. */
  core: <T>(work: () => Promise<T>) => Promise<T>
  /** W3C trace context, handed on in the environment. */
  traceparent?: string | undefined
  /** Told of a document that had to be mended as it was opened, in words; what it throws ends the work on it. */
  onRepair?: (file: string, mended: readonly string[]) => void
  /** Called once for each engine process that ended. */
  onExit?: (usage: { engine: string; wallMs: number; peakBytes: number }) => void
}
