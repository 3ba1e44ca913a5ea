import { readdir } from 'node:fs/promises'
import path from 'node:path'

/** A page or an image in a file of its own. */
export type PageFile = { page: number; file: string }

/** The files of a prefix, with the page that follows it in their names. `rest` and `extension` are patterns. */
export async function pageFiles(prefix: string, rest: string, extension: string): Promise<PageFile[]> {
  const folder = path.dirname(prefix)
  const name = new RegExp(`^${path.basename(prefix)}-(\\d+)${rest}\\.${extension}$`)
  return (await readdir(folder)).flatMap((entry) => {
    const page = name.exec(entry)?.[1]
    return page ? [{ page: Number(page), file: path.join(folder, entry) }] : []
  })
}
