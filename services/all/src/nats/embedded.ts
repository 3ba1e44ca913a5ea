import { setTimeout as wait } from 'node:timers/promises'
import { StoreUnavailable } from '@pdf-smaller/eventstore'
import type { EventAccounts, Log } from '@pdf-smaller/platform'
import { servicesUser, writeAccounts, writeConfig } from './config.ts'
import { freeBytes, giveUpReserve, moveIntoAccount } from './disk.ts'
import { type Place, portOf, startInPlace, urlsOf } from './port.ts'
import { endPredecessor, type ServerProcess, startServer } from './process.ts'

/** The event store's server as a child of this process. */
export type EmbeddedNats = {
  /** Where the services reach it. */
  url: string
  /** Where integrators reach it. */
  toldUrl: string
  user: string
  password: string
  /** Of integrators. */
  accounts: EventAccounts
  /** Resolves with how it ended when it goes on ending without being told to. */
  ended: Promise<string>
  stop: () => Promise<void>
}

const pauseMs = 1000
/** A server that ends so often within so long would do so for ever. */
const [mostDeaths, deathsMs] = [4, 60_000]
/** With less, a server breaks again soon. */
const leastBytes = 256 * 1024
const reloadMs = 10_000

/**
 * Starts a nats-server with its data under `folder`, on the same port and with the same users as at the start before. It ends
 * with this process, however that ends. When it has met a full disk it takes no events any more, whatever room there is
 * later: then it is started again, at the same address, without its reserve. So is one that somebody kills.
 * @throws AlreadyRuns when its port is taken; Error with the server's last words when it does not start
 */
export async function startEmbeddedNats(
  program: string,
  folder: string,
  place: Place,
  log: Log,
): Promise<EmbeddedNats> {
  const { password } = await writeConfig(folder)
  await endPredecessor(folder)
  await moveIntoAccount(folder)
  if ((await freeBytes(folder)) < leastBytes) await giveUpReserve(folder)
  const launch = (port: number) => startServer(program, folder, { host: place.host, port })
  let running = await startInPlace(folder, place, launch)
  let launched = Promise.withResolvers<void>()
  const { own: url, told: toldUrl } = urlsOf(running.address)
  const port = portOf(running.address)
  const stopping = new AbortController()
  const { signal } = stopping
  const deaths: number[] = []
  const watch = async (): Promise<string> => {
    for (;;) {
      const event = await Promise.race([running.exited, running.broken])
      if (signal.aborted) return new Promise(() => {})
      if (event === 'broken') {
        log.error({ folder }, 'the event store takes no events any more; its server is started again')
        await running.stop()
        await giveUpReserve(folder)
        // Without room it would break again at once.
        while (!signal.aborted && (await freeBytes(folder)) < leastBytes) await wait(pauseMs)
      } else {
        deaths.push(performance.now())
        if (performance.now() - (deaths.at(-mostDeaths) ?? -Infinity) < deathsMs)
          return `${event}. It had been started again ${mostDeaths - 1} times in a minute; see to its disk and memory`
        log.error({ folder, how: event }, "the event store's server has ended; it is started again")
      }
      if (signal.aborted) return new Promise(() => {})
      running = await launch(port)
      launched.resolve()
      launched = Promise.withResolvers()
      await wait(pauseMs)
    }
  }
  return {
    url,
    toldUrl,
    user: servicesUser,
    password,
    accounts: openAccounts(folder, () => ({ server: running, launched: launched.promise })),
    ended: watch().catch((error: unknown) => String(error)),
    stop: () => {
      stopping.abort()
      return running.stop()
    },
  }
}

/** @param now the server that runs, and when the next one does */
function openAccounts(
  folder: string,
  now: () => { server: ServerProcess; launched: Promise<void> },
): EventAccounts {
  let read = true
  return {
    set: async (accounts) => {
      if (!(await writeAccounts(folder, accounts)) && read) return
      read = false
      const late = wait(reloadMs, 'late' as const, { ref: false })
      for (;;) {
        const { server, launched } = now()
        const done = await Promise.race([readAgain(server), launched, late])
        if (done === 'read') break
        if (done === 'late') throw new StoreUnavailable('nats-server did not read its accounts again in time')
      }
      read = true
    },
  }
}

/** A reload makes new accounts, and only the one after it connects them with what they import. */
async function readAgain(server: ServerProcess): Promise<'read'> {
  await server.reload()
  await server.reload()
  return 'read'
}
