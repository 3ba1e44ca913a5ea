import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** A folder with a page as a build leaves it: an index, and one script that is packed, too. */
export async function pageFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-page-'))
  await mkdir(path.join(folder, 'assets'))
  const script = 'console.log("here")\n'
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><script src="/assets/a-1.js"></script>')
  await writeFile(path.join(folder, 'assets/a-1.js'), script)
  await writeFile(path.join(folder, 'assets/a-1.js.gz'), gzipSync(script))
  await writeFile(path.join(folder, 'secret.txt'), 'not of the page')
  return folder
}
