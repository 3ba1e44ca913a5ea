import { connectNats, ensureStreams, loadConfig, openLog, startOrTell } from '@pdf-smaller/platform'
import { streamSettings } from '@pdf-smaller/platform/settings'

/**
 * The step of a deployment that comes before its services: makes the streams and consumers in the event store, or brings
 * them up to date, and ends. It needs nothing but the event store.
 */
await startOrTell(async () => {
  const config = loadConfig(streamSettings, process.env)
  const log = openLog(config, 'streams')
  const connection = await connectNats(config, log, config.WORKER_NAME)
  try {
    const { edition, streams, consumers } = await ensureStreams(connection, config)
    const names = { streams: streams.map(({ name }) => name), consumers: consumers.map(({ name }) => name) }
    log.info({ layout: edition.version, ...names }, 'the streams are as this release needs them')
  } finally {
    await connection.close()
  }
})
