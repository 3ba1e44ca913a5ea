import { loadConfig, openLog, openMetrics } from '@pdf-smaller/platform'
import { openDesk } from '../../services/ai-extraction/llm/desk/desk.ts'
import { aiExtractionSettings } from '@pdf-smaller/ai-extraction/settings'
import { startNatsServer } from '@pdf-smaller/testing/nats/server'
import type { Ask } from './read-document.ts'

/** What answers questions about language models, as a worker does, by the settings of the environment. */
export type Models = { ask: Ask; close: () => Promise<void> }

/** Undefined where no server of models is configured. */
export async function openModels(): Promise<Models | undefined> {
  const config = loadConfig(aiExtractionSettings, process.env)
  if (config.LLM_URL === undefined) return undefined
  const server = await startNatsServer()
  const connection = await server.connect()
  const desk = openDesk({ config, metrics: openMetrics(), connection })
  const { signal } = new AbortController()
  const log = openLog(config, 'bench')
  return {
    ask: async (question) => desk({ question, tenant: 'bench', jobId: 'bench', signal, log }),
    close: () => server.stop(),
  }
}
