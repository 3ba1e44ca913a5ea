import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { documentAskingForKey } from '@pdf-smaller/web/built'

/** The script that stands in the index itself. */
export const scriptWithin = 'document.title = "here"'

/** A folder with a page as a build leaves it: an index, one for whoever needs a key, and one script that is packed, too. */
export async function pageFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-page-'))
  await mkdir(path.join(folder, 'assets'))
  const script = 'console.log("here")\n'
  const index = `<!doctype html><script>${scriptWithin}</script><script src="/assets/a-1.js"></script>`
  await writeFile(path.join(folder, 'index.html'), index)
  await writeFile(path.join(folder, documentAskingForKey), `${index}<p>Which key?</p>`)
  await writeFile(path.join(folder, 'assets/a-1.js'), script)
  await writeFile(path.join(folder, 'assets/a-1.js.gz'), gzipSync(script))
  await writeFile(path.join(folder, 'secret.txt'), 'not of the page')
  return folder
}
