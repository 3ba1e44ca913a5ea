import { deflateSync } from 'node:zlib'
import type { FileBytes } from '../src/file/file-bytes.ts'

/** Bytes as a file has them. */
export const fileOf = (bytes: Buffer): FileBytes => ({
  path: 'in memory',
  size: bytes.length,
  slice: (at, length) => bytes.subarray(Math.max(at, 0), Math.max(at + length, 0)),
})

/** A document in the making, byte for byte as it is told. */
export class RawDocument {
  private readonly parts: Buffer[] = []
  size = 0
  readonly offsets = new Map<number, number>()

  constructor(start = '%PDF-1.7\n') {
    this.add(start)
  }

  add(...parts: readonly (string | Buffer)[]): this {
    for (const part of parts) {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part
      this.parts.push(bytes)
      this.size += bytes.length
    }
    return this
  }

  object(number: number, body: string): this {
    this.offsets.set(number, this.size)
    return this.add(`${number} 0 obj\n${body}\nendobj\n`)
  }

  stream(number: number, entries: string, data: Buffer, length: string | number = data.length): this {
    this.offsets.set(number, this.size)
    return this.add(
      `${number} 0 obj\n<<${entries}/Length ${length}>>\nstream\n`,
      data,
      '\nendstream\nendobj\n',
    )
  }

  /** Objects that stand in an object stream, with its own number. */
  packed(stream: number, members: Record<number, string>, entries = ''): this {
    const texts = Object.entries(members)
    let at = 0
    const head = texts.map(([number, text]) => {
      const told = `${number} ${at}`
      at += text.length + 1
      return told
    })
    const index = `${head.join(' ')}\n`
    const data = deflateSync(Buffer.from(index + texts.map(([, text]) => `${text}\n`).join(''), 'latin1'))
    const own = entries || `/N ${texts.length}/First ${index.length}`
    return this.stream(stream, `/Type/ObjStm/Filter/FlateDecode${own}`, data)
  }

  /** A table of the objects so far, or of some of them, and what follows it. */
  table(
    trailer: string,
    { numbers = [...this.offsets.keys()], off = 0, free = [] as number[], first = 0 } = {},
  ): this {
    const at = this.size
    this.add(`xref\n${first} 1\n0000000000 65535 f \n`)
    for (const number of free) this.add(`${number} 1\n0000000000 00001 f \n`)
    for (const number of numbers)
      this.add(`${number} 1\n${String((this.offsets.get(number) ?? 0) + off).padStart(10, '0')} 00000 n \n`)
    return this.add(`trailer\n<<${trailer}>>\nstartxref\n${at + off}\n%%EOF\n`)
  }

  /** A cross-reference stream of rows of one byte, four and two. */
  places(number: number, rows: readonly (readonly [number, number, number, number])[], entries = ''): this {
    const at = this.size
    const data = Buffer.alloc(rows.length * 7)
    for (const [index, [, kind, second, third]] of rows.entries()) {
      data.writeUInt8(kind, index * 7)
      data.writeUInt32BE(second, index * 7 + 1)
      data.writeUInt16BE(third, index * 7 + 5)
    }
    const index = rows.map(([own]) => `${own} 1`).join(' ')
    const own = entries.includes('/W') ? entries : `/W[1 4 2]/Index[${index}]${entries}`
    this.stream(number, `/Type/XRef/Filter/FlateDecode${own}`, deflateSync(data))
    return this.add(`startxref\n${at}\n%%EOF\n`)
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts)
  }
}

export const catalogue = '<</Type/Catalog/Pages 2 0 R>>'
export const onePage = '<</Type/Pages/Kids[3 0 R]/Count 1>>'
export const aPage = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R>>'
export const contents = Buffer.from('0 0 100 50 re f')
