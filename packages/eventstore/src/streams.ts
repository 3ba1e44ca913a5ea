import {
  jetstreamManager,
  type JetStreamManager,
  JetStreamApiError,
  type StreamConfig,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { ServerTooOld } from './errors.ts'
import { untilAnswered } from './until-answered.ts'

/** The oldest server that keeps what the store promises: valid batches with several expectations (nats-server#8376). */
export const oldestServer = '2.14.5'

/** @throws ServerTooOld */
export function checkServer(connection: NatsConnection): void {
  const version = connection.info?.version ?? '0'
  if (compareVersions(version, oldestServer) < 0) {
    throw new ServerTooOld(
      `nats-server ${version} is too old: it stores atomic batches and schedules wrongly or not at all. ` +
        `Install ${oldestServer} or newer.`,
    )
  }
}

function compareVersions(a: string, b: string): number {
  const parts = (version: string) => version.split(/[.-]/).slice(0, 3).map(Number)
  const [left, right] = [parts(a), parts(b)]
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const notFound = 10059

/**
 * Makes a stream as described, or widens the one that is there: subjects are added, never taken away,
 * and settings that it already has beyond the description stay.
 * @throws StoreUnavailable
 */
export function ensureStream(
  connection: NatsConnection,
  wanted: Partial<StreamConfig> & { name: string },
): Promise<void> {
  return untilAnswered(() => makeOrWiden(connection, wanted))
}

async function makeOrWiden(
  connection: NatsConnection,
  wanted: Partial<StreamConfig> & { name: string },
): Promise<void> {
  const manager = await jetstreamManager(connection, { checkAPI: false })
  const present = await configOf(manager, wanted.name)
  if (!present) {
    await manager.streams.add(wanted)
    return
  }
  const subjects = [...new Set([...present.subjects, ...(wanted.subjects ?? [])])]
  const next = { ...present, ...wanted, subjects }
  if (!sameConfig(present, next)) await manager.streams.update(wanted.name, next)
}

async function configOf(manager: JetStreamManager, name: string): Promise<StreamConfig | undefined> {
  try {
    return (await manager.streams.info(name)).config
  } catch (error) {
    if (error instanceof JetStreamApiError && error.apiError().err_code === notFound) return undefined
    throw error
  }
}

function sameConfig(a: object, b: object): boolean {
  const known = new Map<string, unknown>(Object.entries(a))
  return Object.entries(b).every(([key, value]) => JSON.stringify(known.get(key)) === JSON.stringify(value))
}
