import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Writes each text of the page in packed form beside it, too, so that no server packs it again and again. */
export function packed(): Plugin {
  return {
    name: 'packed',
    async writeBundle({ dir = '' }) {
      const names = await readdir(dir, { recursive: true })
      await Promise.all(
        names.filter((name) => /\.(?:html|js|css|svg)$/.test(name)).map((name) => pack(dir, name)),
      )
    },
  }
}

async function pack(folder: string, name: string): Promise<void> {
  const file = path.join(folder, name)
  const content = await readFile(file)
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }))
  await writeFile(`${file}.br`, brotliCompressSync(content, { params }))
}
