import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Original } from './results.ts'

/** A file of the fit; files of one repository are of one family. */
export type Listed = Original & { name: string; family: string }

/**
 * The files of the list beside this one, each checked by its digest; what is missing in `folder` is fetched from its address.
 * @throws when a file is another than the one that is listed
 */
export async function listedFiles(folder: string): Promise<Listed[]> {
  await mkdir(folder, { recursive: true })
  const list = await readFile(path.join(import.meta.dirname, 'files.tsv'), 'utf8')
  const rows = list.trimEnd().split('\n').slice(1)
  return Promise.all(rows.map((row) => listed(row, folder)))
}

async function listed(row: string, folder: string): Promise<Listed> {
  const [name = '', , sha256 = '', address = ''] = row.split('\t')
  const at = path.join(folder, name)
  const bytes = await readFile(at).catch(() => fetched(address, at))
  if (digestOf(bytes) !== sha256)
    throw new Error(`${at} is not the file that is listed: remove it to fetch it anew`)
  return { name, path: at, sha256, family: new URL(address).pathname.split('/').slice(1, 3).join('/') }
}

export const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function fetched(address: string, at: string): Promise<Buffer> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address} answers ${response.status}: put the file at ${at}`)
  const bytes = Buffer.from(await response.arrayBuffer())
  await writeFile(at, bytes)
  return bytes
}
