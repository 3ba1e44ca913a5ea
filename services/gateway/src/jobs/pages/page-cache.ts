import { buffer } from 'node:stream/consumers'
import type { JobView, ObjectRef } from '@pdf-smaller/contracts'
import { ObjectStoreError } from '@pdf-smaller/object-store'
import type { Context } from '../../context.ts'

/** What was drawn of the files of jobs, as further files of theirs: they count with them, and go with them. */
export type PageCache = {
  /**
   * What is kept under a name, or else what `make` gives, which is kept if there is room.
   * @throws what `make` throws; ObjectStoreError unavailable
   */
  get: (of: Kept, make: () => Promise<Buffer>) => Promise<Buffer>
}

export type Kept = { job: JobView; file: ObjectRef; name: string; contentType: string }

/** Jobs of which is remembered how much is kept. */
const mostRemembered = 1000

type Parts = Pick<Context, 'config' | 'limits' | 'log' | 'objects' | 'projection'>

export function openPageCache({ config, limits, log, objects, projection }: Parts): PageCache {
  const bytesOf = new Map<string, number>()
  const folder = ({ tenant, id }: JobView) => `${tenant}/${id}/pages/`

  /** Bytes that are kept of a job, also by other gateways up to when it was asked for here first. */
  const keptOf = async (job: JobView): Promise<number> => {
    const known = bytesOf.get(job.id)
    if (known !== undefined) return known
    let bytes = 0
    for await (const { size } of objects.list(folder(job))) bytes += size
    const [oldest] = bytesOf.keys()
    if (bytesOf.size >= mostRemembered && oldest !== undefined) bytesOf.delete(oldest)
    return bytes
  }
  const keep = async ({ job, name, contentType }: Kept, key: string, made: Buffer) => {
    const kept = await keptOf(job)
    bytesOf.set(job.id, kept)
    if (kept + made.length > config.PAGE_CACHE_MB) return
    limits.checkStored(job.tenant)
    await objects.put(key, [made], { contentType, name })
    bytesOf.set(job.id, (bytesOf.get(job.id) ?? kept) + made.length)
    // Its files may have been deleted meanwhile.
    const now = projection.get(job.id)
    if (!now || now.expired) await objects.remove(key)
  }
  return {
    get: async (of, make) => {
      const { job, file, name } = of
      const key = `${folder(job)}${file.sha256.slice(0, 32)}/${name}`
      const found = await stored(objects, key)
      if (found) return found
      const made = await make()
      // What cannot be kept is drawn all the same.
      await keep(of, key, made).catch((error: unknown) => log.debug({ key, error }, 'a drawing was not kept'))
      return made
    },
  }
}

async function stored(objects: Parts['objects'], key: string): Promise<Buffer | undefined> {
  try {
    const { stream } = await objects.get(key)
    return await buffer(stream)
  } catch (error) {
    // What was damaged on its disk is drawn anew, and kept in its place.
    if (error instanceof ObjectStoreError && ['missing', 'corrupt'].includes(error.kind)) return undefined
    throw error
  }
}
