import { JobId, Tenant } from '@pdf-smaller/contracts'
import type { ObjectStore } from '@pdf-smaller/object-store'

/** Everything under `<tenant>/<id>/`: the files of one job or upload. */
export type StoredFolder = {
  tenant: string
  id: string
  prefix: string
  files: number
  bytes: number
  newestAt: Date
}

/** Adds up what stands in the object store, by the id of the job or upload. What is not named like that is not ours. */
export async function storedFolders(
  objects: ObjectStore,
  signal: AbortSignal,
): Promise<Map<string, StoredFolder>> {
  const folders = new Map<string, StoredFolder>()
  for await (const { key, size, storedAt } of objects.list('')) {
    signal.throwIfAborted()
    const [tenant = '', id = '', ...rest] = key.split('/')
    if (rest.length === 0) continue
    const known = folders.get(id)
    if (known) {
      known.files++
      known.bytes += size
      if (storedAt > known.newestAt) known.newestAt = storedAt
    } else if (Tenant.safeParse(tenant).success && JobId.safeParse(id).success) {
      folders.set(id, { tenant, id, prefix: `${tenant}/${id}/`, files: 1, bytes: size, newestAt: storedAt })
    }
  }
  return folders
}
