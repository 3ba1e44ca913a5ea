import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A public file that nothing was tuned on: its name here, and where it comes from. */
export type Unseen = { file: string; group: string; bytes: number; sha256: string; address: string }

/** The files listed in `unseen.tsv`, that nobody may commit. */
export async function unseenList(): Promise<Unseen[]> {
  const text = await readFile(path.join(import.meta.dirname, 'unseen.tsv'), 'utf8')
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [file = '', group = '', bytes, , sha256 = '', address = ''] = line.split('\t')
      return { file, group, bytes: Number(bytes), sha256, address }
    })
}

/**
 * The listed files in a folder of one's own, each checked by its hash.
 * @param cache where they are kept; what is not there yet is fetched
 * @param given a folder that has them already, under whatever names, as `--unseen FOLDER`
 * @returns their paths, and what could not be had
 */
export async function unseenFiles(
  cache: string,
  given?: string,
): Promise<{ files: string[]; lacking: string[] }> {
  await mkdir(cache, { recursive: true })
  const byHash = given ? await hashesIn(given) : new Map<string, string>()
  const [files, lacking]: [string[], string[]] = [[], []]
  for (const each of await unseenList()) {
    const kept = path.join(cache, each.file)
    const why = (await isWhole(kept, each)) ? undefined : await obtain(each, kept, byHash.get(each.sha256))
    if (why) lacking.push(`${each.file}: ${why}`)
    else files.push(kept)
  }
  return { files, lacking }
}

async function hashesIn(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.pdf'))) {
    const file = path.join(folder, name)
    found.set(sha256Of(await readFile(file)), file)
  }
  return found
}

/** @returns why it could not be had */
async function obtain(wanted: Unseen, to: string, given?: string): Promise<string | undefined> {
  const part = `${to}.part`
  if (given) await copyFile(given, part)
  else {
    const answer = await fetch(wanted.address, { signal: AbortSignal.timeout(60_000) }).catch(() => undefined)
    if (!answer?.ok) return `${wanted.address} ${answer ? `answers ${answer.status}` : 'cannot be reached'}`
    await writeFile(part, Buffer.from(await answer.arrayBuffer()))
  }
  if (!(await isWhole(part, wanted))) return `${wanted.address} is another file than the one listed`
  await rename(part, to)
  return undefined
}

const isWhole = async (file: string, { sha256 }: Unseen): Promise<boolean> =>
  existsSync(file) && sha256Of(await readFile(file)) === sha256

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
