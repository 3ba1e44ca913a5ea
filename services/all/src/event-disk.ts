import { mkdir, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { streams } from '@pdf-smaller/contracts'
import { type EventDisk, largestReserveBytes } from '@pdf-smaller/platform'

/** Of a disk, so much is kept at most. */
const largestPart = 1 / 32

/** Where an embedded server stores what it keeps; may be a disk of its own. @param folder of this system's data */
export const storeFolder = (folder: string) => path.join(folder, 'nats')

/** What the event store is to know of the disk of an embedded server. @param folder of this system's data */
export async function eventDisk(folder: string): Promise<EventDisk> {
  const { blocks, bsize } = await diskOf(folder)
  return {
    bytes: Math.min(largestReserveBytes, blocks * bsize * largestPart),
    hasRoom: async (bytes) => (await freeBytes(folder)) >= bytes,
  }
}

/** What is free for this user on the disk of an embedded server, bytes. @param folder of this system's data */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await diskOf(folder)
  return bavail * bsize
}

async function diskOf(folder: string) {
  await mkdir(storeFolder(folder), { recursive: true, mode: 0o700 })
  return statfs(storeFolder(folder))
}

/** Gives up the reserve of a server that does not run. It takes it again when there is room. */
export async function giveUpReserve(folder: string): Promise<void> {
  const messages = path.join(storeFolder(folder), 'jetstream', '$G', 'streams', streams.reserve, 'msgs')
  await rm(messages, { recursive: true, force: true })
}
