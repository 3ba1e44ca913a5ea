/** A process that stores objects until it is killed, and says which are stored: `node writer.ts FOLDER PREFIX`. */
import { openDirectoryStore } from '../src/directory.ts'
import { bytes, streamOf } from './sources.ts'

const [folder = '', prefix = ''] = process.argv.slice(2)
const store = await openDirectoryStore({ folder })
const put = async (lane: number) => {
  for (let n = 0; ; n++) {
    const key = `${prefix}/${lane}-${n}/f`
    await store.put(key, streamOf(bytes(1 + n * 77_777, n)), { contentType: 'application/pdf', name: `${n}` })
    process.stdout.write(`${key}\n`)
  }
}
await Promise.all([1, 2, 3].map(put))
