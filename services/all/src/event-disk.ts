import { mkdir, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { streams } from '@pdf-smaller/contracts'
import { type EventDisk, largestReserveBytes } from '@pdf-smaller/platform'

/** Of a disk, so much is kept at most. */
const largestPart = 1 / 32

/** What the event store is to know of the disk of an embedded server. @param folder of this system's data */
export async function eventDisk(folder: string): Promise<EventDisk> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { blocks, bsize } = await statfs(folder)
  return {
    bytes: Math.min(largestReserveBytes, blocks * bsize * largestPart),
    hasRoom: async (bytes) => (await freeBytes(folder)) >= bytes,
  }
}

/** What is free on the disk of a folder for this user, bytes. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** Gives up the reserve of a server that does not run. It takes it again when there is room. */
export async function giveUpReserve(folder: string): Promise<void> {
  const messages = path.join(folder, 'nats', 'jetstream', '$G', 'streams', streams.reserve, 'msgs')
  await rm(messages, { recursive: true, force: true })
}
