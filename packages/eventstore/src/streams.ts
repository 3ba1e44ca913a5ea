import {
  jetstreamManager,
  type JetStreamManager,
  JetStreamApiError,
  type StreamConfig,
  type StreamInfo,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { ServerTooOld, StoreRefused } from './errors.ts'
import { untilAnswered } from './until-answered.ts'

/** The oldest server that keeps what the store promises: valid batches with several expectations (nats-server#8376). */
export const oldestServer = '2.14.5'

/** @throws ServerTooOld; a lost connection tells of no version until it is there again */
export function checkServer(connection: NatsConnection): void {
  const version = connection.info?.version
  if (version !== undefined && compareVersions(version, oldestServer) < 0) {
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

/** A stream that should be there. */
export type WantedStream = Partial<StreamConfig> & {
  name: string
  /** What it holds may be lost: where the server cannot change it, it is made anew. */
  expendable?: true
  /** Settings of a stream that is made; one that is there keeps its own. */
  atFirst?: Partial<StreamConfig>
}

/** Error codes of nats-server's JetStream API (server/errors.json of its source). */
const notFound = 10059
/** Among others: the storage cannot be changed. */
const invalidConfig = 10052
const alreadyThere = 10058
/** Other processes may make or remove the stream between two requests of this one. */
const tries = 5

/**
 * Makes a stream as described, or brings the one that is there up to date: subjects are added, never taken away,
 * and settings that it already has beyond the description stay. Safe to repeat, from any number of processes.
 * @throws StoreUnavailable; StoreRefused when the server does not take the settings
 */
export async function ensureStream(connection: NatsConnection, wanted: WantedStream): Promise<void> {
  const manager = await jetstreamManager(connection, { checkAPI: false })
  for (let left = tries; ; left--) {
    try {
      if (await untilAnswered(() => makeOrUpdate(manager, wanted))) return
    } catch (error) {
      if (!(error instanceof JetStreamApiError)) throw error
      const { err_code, description } = error.apiError()
      if (left > 0 && err_code === notFound) continue
      const why = `the event store refuses the settings of the stream ${wanted.name}: ${description}`
      throw new StoreRefused(why, err_code, { cause: error })
    }
    if (left === 0)
      throw new StoreRefused(`the stream ${wanted.name} is made by others again and again`, alreadyThere)
  }
}

/** @returns whether the stream is as described; else others have just made it */
async function makeOrUpdate(manager: JetStreamManager, wanted: WantedStream): Promise<boolean> {
  const { expendable, atFirst = {}, ...settings } = wanted
  const present = (await streamInfo(manager, wanted.name))?.config
  if (!present) return add(manager, { ...atFirst, ...settings })
  const subjects = widened(present.subjects, settings.subjects ?? [])
  const metadata = { ...present.metadata, ...settings.metadata }
  const next = { ...present, ...settings, subjects, metadata }
  if (sameConfig(present, next)) return true
  try {
    await manager.streams.update(wanted.name, next)
    return true
  } catch (error) {
    if (!expendable || codeOf(error) !== invalidConfig) throw error
    await manager.streams.delete(wanted.name)
    const { max_age, num_replicas } = present
    return add(manager, { ...atFirst, max_age, num_replicas, ...settings })
  }
}

/** All subjects, each once: the server takes none that another of them covers. */
function widened(present: readonly string[], wanted: readonly string[]): string[] {
  const missed = present.filter((subject) => !wanted.some((other) => covers(other, subject)))
  return [...missed, ...wanted.filter((subject) => !missed.some((other) => covers(other, subject)))]
}

/** Whether everything that one subject matches is matched by the other: `*` is one token, `>` all that follow. */
export function covers(wide: string, narrow: string): boolean {
  const [outer, inner] = [wide.split('.'), narrow.split('.')]
  const open = outer.at(-1) === '>'
  if (open ? inner.length < outer.length : inner.length !== outer.length) return false
  return outer.every((token, i) => token === '>' || (token === '*' ? inner[i] !== '>' : token === inner[i]))
}

/** @returns whether it was made; false where others have just made one with other settings */
export async function add(
  manager: JetStreamManager,
  config: Partial<StreamConfig> & { name: string },
): Promise<boolean> {
  try {
    await manager.streams.add(config)
    return true
  } catch (error) {
    if (codeOf(error) === alreadyThere) return false
    throw error
  }
}

const codeOf = (error: unknown) =>
  error instanceof JetStreamApiError ? error.apiError().err_code : undefined

/** What the server tells of a stream; undefined where there is none. */
export async function streamInfo(manager: JetStreamManager, name: string): Promise<StreamInfo | undefined> {
  try {
    return await manager.streams.info(name)
  } catch (error) {
    if (codeOf(error) === notFound) return undefined
    throw error
  }
}

function sameConfig(a: object, b: object): boolean {
  const known = new Map<string, unknown>(Object.entries(a))
  return Object.entries(b).every(([key, value]) => JSON.stringify(known.get(key)) === JSON.stringify(value))
}
