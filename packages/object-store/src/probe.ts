import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { ObjectStoreError, type ObjectStore } from './port.ts'

/** Writes, reads and deletes a small object: what a store must be able to do. */
export async function probeStore({
  put,
  get,
  remove,
}: Pick<ObjectStore, 'put' | 'get' | 'remove'>): Promise<void> {
  const id = randomUUID()
  const key = `probe/${id}`
  await put(key, [Buffer.from(id)], { contentType: 'text/plain', name: 'probe' })
  try {
    const { stream } = await get(key)
    if ((await text(stream)) !== id)
      throw new ObjectStoreError('corrupt', key, 'another text was read than written')
  } finally {
    await remove(key)
  }
}
