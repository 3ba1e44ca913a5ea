import { mkdir, rename, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { streams } from '@pdf-smaller/contracts'
import { type EventDisk, largestReserveBytes } from '@pdf-smaller/platform'

/** Of a disk, so much is kept at most. */
const largestPart = 1 / 32

/** The account of the services. The global one, which is there by itself, could export nothing to those of integrators. */
export const servicesAccount = 'PDF_SMALLER'

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

const accountFolder = (folder: string, account: string) =>
  path.join(storeFolder(folder), 'jetstream', account)

/** Takes over what was stored in the global account, where services were without one of their own; the server must not run. */
export async function moveIntoAccount(folder: string): Promise<void> {
  const [from, to] = [accountFolder(folder, '$G'), accountFolder(folder, servicesAccount)]
  await rename(from, to).catch((error: unknown) => {
    // Nothing is there, or it was taken over before.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  })
}

/** Gives up the reserve of a server that does not run. It takes it again when there is room. */
export async function giveUpReserve(folder: string): Promise<void> {
  const messages = path.join(accountFolder(folder, servicesAccount), 'streams', streams.reserve, 'msgs')
  await rm(messages, { recursive: true, force: true })
}
