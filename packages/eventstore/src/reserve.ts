import { JetStreamApiError, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { z } from 'zod'
import { StoreFull, storeError } from './errors.ts'
import type { Request } from './requester.ts'

/** Room in the event store that is kept for what has to be stored also when the rest is full, as what removes something does. */
export type Reserve = {
  /** Whether all of it is there; it is taken, or taken again, where there is room. Never throws. */
  isWhole: () => Promise<boolean>
  /** Gives all of it up. Never throws. */
  release: () => Promise<void>
}

export type ReserveOptions = {
  /** The stream that keeps it, of this system's own. */
  stream: string
  replicas: number
  /** The most that is taken, bytes; of a smaller store, a quarter of what was free at first. */
  bytes: number
  /** Whether the disk has so many bytes to spare; without it the server alone decides. */
  hasRoom?: (bytes: number) => Promise<boolean>
}

const partBytes = 64 * 1024
/** So many times the reserve has to be free before it is taken again: the disk is to be of use for more than that. */
const spare = 2
const timeoutMs = 1000
const notFound = 10059
/** A stream that does not answer so many times in a row is broken; before that its server may only be slow. */
const broken = 3

const Answer = z.object({
  error: z
    .object({ err_code: z.number(), code: z.number().optional(), description: z.string().optional() })
    .optional(),
})

/** A reserve of messages: each has a subject of its own, so that any number of processes may take it at once. */
export function openReserve(
  connection: NatsConnection,
  request: Request,
  { stream, replicas, bytes, hasRoom = async () => true }: ReserveOptions,
): Reserve {
  const most = Math.max(1, Math.round(bytes / partBytes))

  const take = (parts: number) => takeParts(request, stream, parts)
  const make = async (manager: JetStreamManager): Promise<boolean> => {
    const config = {
      name: stream,
      subjects: [`${stream}.*`],
      max_msgs_per_subject: 1,
      num_replicas: replicas,
    }
    await manager.streams.add({ ...config, max_msgs: most })
    const taken = await take(most)
    if (taken === most) return true
    const smaller = Math.max(1, Math.floor(taken / 4))
    await manager.streams.purge(stream)
    await manager.streams.update(stream, { max_msgs: smaller })
    return (await take(smaller)) === smaller
  }
  const opened = () => jetstreamManager(connection, { checkAPI: false, timeout: timeoutMs })
  const isWhole = async (manager: JetStreamManager): Promise<boolean> => {
    const found = await infoOf(manager, stream)
    const parts = found?.config.max_msgs ?? most
    if (found && found.state.messages >= parts) return true
    if (!(await hasRoom(spare * parts * partBytes))) return false
    if (!found) return make(manager)
    if ((await take(parts)) === parts) return true
    await manager.streams.purge(stream)
    return false
  }
  let silences = 0
  return {
    isWhole: async () => {
      try {
        const whole = await isWhole(await opened())
        silences = 0
        return whole
      } catch {
        if (++silences < broken) return true
        silences = 0
        // Its disk was full: a stream is of no use any more then, and a new one is.
        await opened()
          .then((manager) => manager.streams.delete(stream))
          .catch(() => {})
        return false
      }
    },
    release: async () => {
      try {
        await (await opened()).streams.purge(stream)
      } catch {
        // Whoever needs the room is told by the server itself.
      }
    },
  }
}

/** @returns how many parts there were room for */
async function takeParts(request: Request, stream: string, parts: number): Promise<number> {
  for (let part = 0; part < parts; part++) {
    const reply = await request(`${stream}.${part}`, new Uint8Array(partBytes), { timeoutMs })
    const { error } = Answer.parse(reply.json())
    const cause = error && storeError(error)
    if (cause instanceof StoreFull) return part
    if (cause) throw cause
  }
  return parts
}

async function infoOf(manager: JetStreamManager, stream: string) {
  try {
    return await manager.streams.info(stream)
  } catch (error) {
    if (error instanceof JetStreamApiError && error.apiError().err_code === notFound) return undefined
    throw error
  }
}
