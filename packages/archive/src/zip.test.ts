import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openZip, zipOfBytes } from './index.ts'
import { directoryRecord, endOfDirectory, type Entry, localHeader } from './zip-records.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-archive-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** What another reader makes of a ZIP. */
function python(expression: string, zip: string): unknown {
  const program = `import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps(${expression}))`
  const out = execFileSync('python3', ['-c', program, zip], { maxBuffer: 2 ** 28, encoding: 'utf8' })
  return JSON.parse(out)
}

const entries = '[[e.filename, e.file_size, e.compress_type] for e in z.infolist()]'
/** The first entry that does not match its CRC. */
const damaged = 'z.testzip()'

async function file(name: string, content: string): Promise<string> {
  const at = path.join(folder, name)
  await writeFile(at, content)
  return at
}

describe('zip', () => {
  it('is made in memory, too, of parts that are there as bytes', async () => {
    const zip = path.join(folder, 'small.zip')
    const parts = ['a/b.xml', 'Größe.txt', 'empty'].map((name) => ({
      name,
      bytes: Buffer.from(name.slice(0, 5)),
    }))
    await writeFile(zip, zipOfBytes(parts, new Date(1980, 0, 1)))
    expect(python(damaged, zip)).toBeNull()
    expect(python(entries, zip)).toEqual(parts.map(({ name, bytes }) => [name, bytes.length, 0]))
  })

  it('stores files under their names, each of which may go once it is in', async () => {
    const zip = path.join(folder, 'out.zip')
    await using writer = await openZip(zip)
    for (const [name, content] of [
      ['a.pdf', 'one'],
      ['Größe 日本 😀.pdf', 'two'],
      ['empty.pdf', ''],
    ] as const) {
      const source = await file('source', content)
      await writer.add(name, source)
      await rm(source)
    }
    await writer.close()
    expect(python(damaged, zip)).toBeNull()
    expect(python(entries, zip)).toEqual([
      ['a.pdf', 3, 0],
      ['Größe 日本 😀.pdf', 3, 0],
      ['empty.pdf', 0, 0],
    ])
    expect(python('z.read("Größe 日本 😀.pdf").decode()', zip)).toBe('two')
  })

  it('takes more entries than a ZIP of old could count', async () => {
    const zip = path.join(folder, 'out.zip')
    const source = await file('source', 'x')
    await using writer = await openZip(zip)
    for (let index = 0; index < 65_540; index++) await writer.add(`${index}.pdf`, source)
    await writer.close()
    expect(python('len(z.infolist())', zip)).toBe(65_540)
    expect(python('z.read("65539.pdf").decode()', zip)).toBe('x')
  })

  it('addresses more bytes than a ZIP of old could', async () => {
    const zip = path.join(folder, 'out.zip')
    const modified = new Date()
    const large: Entry = { name: Buffer.from('large'), crc32: 0, size: 2 ** 32 + 10, offset: 0, modified }
    const offset = localHeader(large).length + large.size
    const small: Entry = { name: Buffer.from('small'), crc32: crc32('x'), size: 1, offset, modified }
    const head = Buffer.concat([localHeader(small), Buffer.from('x')])
    const directory = Buffer.concat([large, small].map(directoryRecord))
    const end = endOfDirectory(2, directory.length, offset + head.length)
    // Between the first header and the second is a hole in the file, so it needs no room on the disk.
    const sparse = await open(zip, 'wx')
    await sparse.write(localHeader(large), 0, undefined, 0)
    await sparse.write(Buffer.concat([head, directory, end]), 0, undefined, offset)
    await sparse.close()
    expect(python(`z.read("small").decode()`, zip)).toBe('x')
    expect(python(entries, zip)).toEqual([
      ['large', large.size, 0],
      ['small', 1, 0],
    ])
  })

  it('tells of a file that cannot be read', async () => {
    await using writer = await openZip(path.join(folder, 'out.zip'))
    await expect(writer.add('a.pdf', path.join(folder, 'none'))).rejects.toThrow('ENOENT')
  })

  it('never writes over a file', async () => {
    await expect(openZip(await file('out.zip', 'x'))).rejects.toThrow('EEXIST')
  })
})
