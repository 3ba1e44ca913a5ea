import { type FailureCode, type Isolation, JobFailure, type PageWords } from '@pdf-smaller/contracts'
import type { Log } from '@pdf-smaller/platform'
import { ask, type DrawingHost, drawingLaunch, endDrawing, startDrawing, type Told } from './drawing-host.ts'
import type { Form, Look, Work } from './host/protocol.ts'
import { openKnownFaults } from './known-faults.ts'
import { openPlaces } from './places.ts'
import type { PageConfig } from './settings.ts'

/** A file that is shown. */
export type ShownFile = {
  /** Names it among all files, for all time. */
  key: string
  form: Form
  /** Puts it at a place. */
  fetch: (to: string) => Promise<unknown>
}

/** Who asks. */
export type Asker = { caller: string; signal: AbortSignal }

/**
 * Pages of files, drawn and read in hosts. All throw JobFailure: damaged_pdf, encrypted_pdf, damaged_image, no_pages,
 * no_such_page, too_many_pixels, too_large, decompression_bomb, engine_failed, engine_timeout, out_of_memory, host_died,
 * too_many_drawings, overloaded; what `fetch` throws; the signal's reason.
 */
export type PageViews = {
  look: (file: ShownFile, asker: Asker) => Promise<Look>
  /** @returns a picture as WebP, of `width` pixels across or fewer */
  draw: (file: ShownFile, at: { page: number; width: number }, asker: Asker) => Promise<Buffer>
  words: (file: ShownFile, page: number, asker: Asker) => Promise<PageWords>
  /** What holds its hosts; throws StartError where a sandbox is required and there is none. */
  isolation: () => Promise<Isolation>
  stop: () => Promise<void>
}

/** A host that nobody needs for so long is ended. */
const idleMs = 30_000
/** What the process itself takes, beside what it draws with. */
const ownBytes = 256 * 2 ** 20

/** What says that the file is refused, and nothing of the host. */
const refusals: readonly FailureCode[] = [
  'damaged_pdf',
  'encrypted_pdf',
  'damaged_image',
  'no_pages',
  'no_such_page',
  'too_many_pixels',
  'decompression_bomb',
  'too_large',
]

export function openPageViews(config: PageConfig, log: Log): PageViews {
  const { PAGE_HOSTS, PAGE_DRAWINGS, PAGE_MEMORY_MB, PAGE_MEGAPIXELS, PAGE_SECONDS } = config
  const places = openPlaces({ all: PAGE_HOSTS, caller: PAGE_DRAWINGS })
  const hosts = openHosts(config, log)
  const faults = openKnownFaults(Date.now)
  const limits = {
    memoryBytes: Math.max(ownBytes, PAGE_MEMORY_MB - ownBytes),
    mostPixels: PAGE_MEGAPIXELS * 1e6,
    ms: PAGE_SECONDS * 1000,
  }

  const done = async (file: ShownFile, work: Work, { caller, signal }: Asker): Promise<Told> => {
    const named = `${file.key} ${JSON.stringify(work)}`
    faults.refuse(named)
    return places.take(caller, signal, async () => {
      const host = await hosts.lend(file)
      let sound = false
      try {
        const order = { type: 'order', file: host.file, form: file.form, limits, work } as const
        const told = await ask(host, order, PAGE_MEMORY_MB)
        if (told.type === 'failed') throw new JobFailure(told.code, told.why)
        sound = true
        return told
      } catch (error) {
        sound = error instanceof JobFailure && refusals.includes(error.code) && host.isAlive()
        if (!sound && error instanceof JobFailure) {
          faults.add(named, error)
          log.warn({ key: file.key, work, code: error.code, why: error.why }, 'a page could not be drawn')
        }
        throw error
      } finally {
        await hosts.giveBack(host, sound)
      }
    })
  }
  return {
    look: async (file, asker) => {
      const { pages, sizes } = of('looked', await done(file, { kind: 'look' }, asker))
      return { pages, sizes }
    },
    draw: async (file, at, asker) => {
      const { webp } = of('drawn', await done(file, { kind: 'draw', ...at }, asker))
      return Buffer.from(webp, 'base64')
    },
    words: async (file, page, asker) => {
      const { type: _, ...words } = of('words', await done(file, { kind: 'words', page }, asker))
      return words
    },
    isolation: hosts.isolation,
    stop: hosts.stop,
  }
}

function of<Type extends Told['type']>(type: Type, told: Told): Extract<Told, { type: Type }> {
  const isType = (each: Told): each is Extract<Told, { type: Type }> => each.type === type
  if (!isType(told)) throw new JobFailure('host_died', `it told ${told.type} when asked for ${type}`)
  return told
}

/** Hosts that are kept for the next page of their file; with those that work there are never more than allowed. */
function openHosts(config: PageConfig, log: Log) {
  const launch = drawingLaunch(config, log)
  const idle = new Map<DrawingHost, NodeJS.Timeout>()
  const all = new Set<DrawingHost>()
  let starting = 0
  const end = async (host: DrawingHost) => {
    clearTimeout(idle.get(host))
    idle.delete(host)
    all.delete(host)
    await endDrawing(host)
  }
  return {
    lend: async ({ key, fetch }: ShownFile): Promise<DrawingHost> => {
      const found = [...idle.keys()].find((host) => host.key === key && host.isAlive())
      if (found) {
        clearTimeout(idle.get(found))
        idle.delete(found)
        return found
      }
      const [longest] = idle.keys()
      starting++
      try {
        if (longest && all.size + starting > config.PAGE_HOSTS) await end(longest)
        const host = await startDrawing(launch, key, fetch)
        all.add(host)
        return host
      } finally {
        starting--
      }
    },
    giveBack: async (host: DrawingHost, sound: boolean) => {
      if (!sound) return end(host)
      idle.set(host, setTimeout(() => void end(host), idleMs).unref())
    },
    isolation: launch.isolation,
    stop: async () => {
      await Promise.all([...all].map(end))
    },
  }
}
