import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** A file of the page in every form that it is handed out in. */
export type BuiltFile = {
  contentType: string
  /** By the names of content codings (RFC 9110, section 8.4.1), the smallest first. */
  packed: readonly (readonly [coding: 'br' | 'gzip', content: Buffer])[]
  plain: Buffer
}

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * The files of the built page by their paths in its folder: some hundred kilobytes, which are read once and kept.
 * Undefined where it was not built.
 */
export async function builtFiles(folder: string): Promise<ReadonlyMap<string, BuiltFile> | undefined> {
  const names = await readdir(folder, { recursive: true }).catch((): string[] => [])
  if (!names.includes('index.html')) return undefined
  const files = names.flatMap((name) => {
    const contentType = contentTypes[path.extname(name)]
    return contentType === undefined ? [] : [readForms(folder, name, contentType, new Set(names))]
  })
  return new Map(await Promise.all(files))
}

async function readForms(
  folder: string,
  name: string,
  contentType: string,
  names: ReadonlySet<string>,
): Promise<[string, BuiltFile]> {
  const read = (ending: string) => readFile(path.join(folder, name + ending))
  const packed: [coding: 'br' | 'gzip', content: Buffer][] = []
  if (names.has(`${name}.br`)) packed.push(['br', await read('.br')])
  if (names.has(`${name}.gz`)) packed.push(['gzip', await read('.gz')])
  return [name, { contentType, packed, plain: await read('') }]
}
