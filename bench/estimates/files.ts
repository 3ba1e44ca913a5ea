import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { unseenList } from '../compress/unseen.ts'
import type { Original } from './results.ts'

/** A file of the fit; files of one repository are of one family. */
export type Listed = Original & { name: string; family: string }

type Row = { name: string; sha256: string; address: string }

/**
 * The files of the list beside this one, and those that compression is measured on and not tuned on, each checked by its
 * digest; what is missing in `folder` is fetched from its address.
 * @throws when a file is another than the one that is listed
 */
export async function listedFiles(folder: string): Promise<Listed[]> {
  await mkdir(folder, { recursive: true })
  const list = await readFile(path.join(import.meta.dirname, 'files.tsv'), 'utf8')
  const rows = list.trimEnd().split('\n').slice(1).map(rowOf)
  const measured = (await unseenList()).map((each) => ({ ...each, name: each.file }))
  return Promise.all([...rows, ...measured].map((row) => listed(row, folder)))
}

function rowOf(row: string): Row {
  const [name = '', , sha256 = '', address = ''] = row.split('\t')
  return { name, sha256, address }
}

async function listed({ name, sha256, address }: Row, folder: string): Promise<Listed> {
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
