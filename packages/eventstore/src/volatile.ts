import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream'
import { z } from 'zod'
import { add, streamInfo, type WantedStream } from './streams.ts'

/** Under it the stream of events holds how the streams in memory were made: a server that stands alone forgets those. */
const key = 'layout.volatile'

const Named = z.looseObject({ name: z.string() })
const Remembered = z.array(z.custom<StreamConfig>((config) => Named.safeParse(config).success))

/** The metadata by which streams in memory can be made again as they are now. */
export async function remembered(
  manager: JetStreamManager,
  streams: readonly WantedStream[],
): Promise<Record<string, string>> {
  const configs: StreamConfig[] = []
  for (const { name } of streams) {
    const found = await streamInfo(manager, name)
    if (found?.config.storage === 'memory') configs.push(found.config)
  }
  return { [key]: JSON.stringify(configs) }
}

/** Makes those streams again that have ended with their server. @param events the stream that remembers them */
export async function restore(manager: JetStreamManager, events: string): Promise<void> {
  const found = await streamInfo(manager, events)
  const stored = found?.config.metadata?.[key]
  if (stored === undefined) return
  for (const config of Remembered.parse(JSON.parse(stored)))
    if (!(await streamInfo(manager, config.name))) await add(manager, config)
}
