import type { EngineContext } from './task.ts'

/** The versions of the engines that programs belong to, as installed here. Never throws: what is not known is left out. */
export type EngineVersions = (
  programs: ReadonlySet<string>,
  context: EngineContext,
) => Promise<Record<string, string>>

/** Asks each engine once; the process is started anew when another version is installed. */
export function openEngineVersions(): EngineVersions {
  const known = new Map<string, string>()
  return async (programs, context) => {
    if (programs.size === 0) return {}
    // Loaded by the first task that runs an engine, in any case.
    const { engineOf, probeEngine } = await import('@pdf-smaller/engines')
    const found: Record<string, string> = {}
    for (const engine of new Set([...programs].flatMap((program) => engineOf(program) ?? []))) {
      const version = known.get(engine) ?? (await probeEngine(engine, context).catch(() => undefined))
      if (version === undefined) continue
      known.set(engine, version)
      found[engine] = version
    }
    return found
  }
}
