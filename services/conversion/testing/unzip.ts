import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

/** The files of an archive, as another program unpacks it. */
export async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-unzip-'))
  try {
    const archive = path.join(folder, 'archive.zip')
    await writeFile(archive, bytes)
    await promisify(execFile)('python3', ['-m', 'zipfile', '-e', archive, path.join(folder, 'files')])
    const names = await readdir(path.join(folder, 'files'))
    const files = names.map(async (name): Promise<[string, Buffer]> => [
      name,
      await readFile(path.join(folder, 'files', name)),
    ])
    return new Map(await Promise.all(files))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
