import { tmpdir } from 'node:os'
import { type InstalledEngines, JobFailure } from '@pdf-smaller/contracts'
import type { Engine } from '@pdf-smaller/engines'
import type { EngineContext } from '@pdf-smaller/task'
import type { Cores } from './cores.ts'
import type { WorkerConfig } from './settings.ts'

/** The engines of this host. Each is asked once; the process is started anew when another version is installed. */
export type HostEngines = {
  /** The versions of those that programs belong to. Never throws: what is not known is left out. */
  versionsOf: (programs: ReadonlySet<string>) => Promise<Record<string, string>>
  /** All that there are, and those missing that a service needs. Never throws. */
  installed: (needed: readonly Engine[]) => Promise<InstalledEngines>
}

const patienceMs = 60_000

type EngineConfig = Pick<WorkerConfig, 'ENGINE_MEMORY_MB' | 'CORES'>

/** Loaded by the first task that runs an engine, in any case. */
const probes = () => import('@pdf-smaller/engines/probe')

export function openHostEngines(config: EngineConfig, cores: Cores): HostEngines {
  const versionOf = openVersions(config, cores)
  return {
    versionsOf: async (programs) => {
      if (programs.size === 0) return {}
      const { engineOf } = await probes()
      const found: Record<string, string> = {}
      for (const engine of new Set([...programs].flatMap((program) => engineOf(program) ?? []))) {
        const version = await versionOf(engine).catch(() => undefined)
        if (version !== undefined) found[engine] = version
      }
      return found
    },
    installed: async (needed) => {
      const { engines } = await probes()
      const found: InstalledEngines = { versions: {}, missing: [] }
      for (const engine of engines) {
        try {
          found.versions[engine] = await versionOf(engine)
        } catch (error) {
          if (needed.includes(engine)) found.missing.push({ engine, why: reasonOf(error) })
        }
      }
      return found
    },
  }
}

/** Asks each engine once; one that did not answer is asked again. */
function openVersions(
  { ENGINE_MEMORY_MB: memoryBytes, CORES }: EngineConfig,
  cores: Cores,
): (engine: Engine) => Promise<string> {
  const asked = new Map<Engine, Promise<string>>()
  return (engine) => {
    const known = asked.get(engine)
    if (known) return known
    const signal = AbortSignal.timeout(patienceMs)
    const core = <T>(work: () => Promise<T>) => cores.use('low', signal, work)
    const context: EngineContext = { cwd: tmpdir(), signal, memoryBytes, cores: CORES, core }
    const answer = probes().then(({ probeEngine }) => probeEngine(engine, context))
    asked.set(engine, answer)
    answer.catch(() => asked.delete(engine))
    return answer
  }
}

const reasonOf = (error: unknown) =>
  (error instanceof JobFailure ? error.why : undefined) ??
  (error instanceof Error ? error.message : String(error))
