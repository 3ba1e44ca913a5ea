import { Tokens, type TokenKind } from '../../src/objects/tokens.ts'
import { RawDocument } from '../raw-document.ts'
import type { Chance } from './chance.ts'

const numbers = [
  '0',
  '-1',
  '1',
  '7',
  '65536',
  '2147483648',
  '9007199254740993',
  '.5',
  '+-3',
  '1.2.3',
  '9'.repeat(400),
]
const references = ['1 0 R', '2 0 R', '3 0 R', '4 0 R', '5 0 R', '6 0 R', '0 0 R', '5 7 R', '99999 0 R', 'R']
const names = [
  '/Type',
  '/Kids',
  '/Length',
  '/Filter',
  '/Prev',
  '/W',
  '/Index',
  '/XRefStm',
  '/Extends',
  '/N',
  '/First',
]
const more = [
  '/Encrypt',
  '/Root',
  '/Pages',
  '/Count',
  '/Parent',
  '/DecodeParms',
  '/',
  '/#00',
  '/#4',
  '/__proto__',
]
const filters = [
  '/FlateDecode',
  '/LZWDecode',
  '/ASCII85Decode',
  '/ASCIIHexDecode',
  '/RunLengthDecode',
  '/DCTDecode',
]
const strings = ['()', '(', '(\\', '<', '<4>', '<>', '(\\777(', '%']
const nests = [
  '['.repeat(600),
  '<</A'.repeat(600),
  `${'['.repeat(400)}${']'.repeat(400)}`,
  '<<>>',
  '[]',
  '>>',
  ']',
]
const words = [
  'null',
  'true',
  'endobj',
  'stream\n',
  'endstream',
  'obj',
  'xref',
  'trailer',
  'n',
  'startxref 0',
]
const pools = [numbers, references, [...names, ...more], filters, strings, nests, words]

const poolOf = (kind: TokenKind) =>
  kind === 'number' ? numbers : kind === 'name' ? [...names, ...more, ...filters] : undefined

/** A text of the format with one token left out, put twice, or put another: mostly one of the same kind. */
export function changedText(text: string, chance: Chance): string {
  const tokens = new Tokens(Buffer.from(text, 'latin1'))
  const places: { kind: TokenKind; start: number; end: number }[] = []
  for (let kind = tokens.next(); kind !== 'end' && kind !== 'cut'; kind = tokens.next())
    places.push({ kind, start: tokens.start, end: tokens.end })
  const place = chance.oneOf(places)
  if (!place) return text
  const own = text.slice(place.start, place.end)
  const like = chance.isIn(0.6) ? poolOf(place.kind) : undefined
  const put = chance.oneOf([chance.oneOf(like ?? chance.oneOf(pools) ?? []), '', `${own} ${own}`, undefined])
  const other = put ?? chance.oneOf(like ?? numbers)
  return `${text.slice(0, place.start)} ${other} ${text.slice(place.end)}`
}

/** Bytes with a few of them changed, left out or put in. */
export function changedBytes(bytes: Buffer, chance: Chance): Buffer {
  const at = chance.upTo(bytes.length + 1)
  const cut = chance.upTo(chance.isIn(0.1) ? 400 : 6)
  const put = chance.isIn(0.5)
    ? Buffer.from(chance.oneOf(chance.oneOf(pools) ?? []) ?? '', 'latin1')
    : Buffer.from(Array.from({ length: chance.upTo(6) }, () => chance.upTo(256)))
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)])
}

type Rows = Parameters<RawDocument['places']>[1]

/** A document that changes here and there what it is told, before it is laid out: what tells of places stays true. */
export class ChangedDocument extends RawDocument {
  private readonly chance: Chance
  private readonly part: number

  /** @param part of all that it is told, 0 to 1; with 0 it is as it is told */
  constructor(chance: Chance, part: number, start?: string) {
    super(start)
    this.chance = chance
    this.part = part
  }

  override object(number: number, body: string): this {
    return super.object(number, this.text(body))
  }

  override stream(
    number: number,
    entries: string,
    data: Buffer,
    length: string | number = data.length,
  ): this {
    const isChanged = this.chance.isIn(this.part / 2)
    const told = this.chance.isIn(this.part / 2)
      ? (this.chance.oneOf([...numbers, ...references]) ?? length)
      : length
    return super.stream(number, this.text(entries), isChanged ? changedBytes(data, this.chance) : data, told)
  }

  override packed(stream: number, members: Record<number, string>, entries = ''): this {
    const changed = Object.entries(members).map(([number, body]) => [number, this.text(body)])
    return super.packed(stream, Object.fromEntries(changed), entries)
  }

  override table(trailer: string, how: Parameters<RawDocument['table']>[1] = {}): this {
    const off = this.chance.isIn(this.part / 2) ? this.chance.upTo(60) - 30 : (how?.off ?? 0)
    return super.table(this.text(trailer), { ...how, off })
  }

  override places(number: number, rows: Rows, entries = ''): this {
    const changed = rows.map((row) => (this.chance.isIn(this.part / 4) ? this.row(row) : row))
    return super.places(number, changed, this.text(entries))
  }

  private text(text: string): string {
    return this.chance.isIn(this.part) ? changedText(text, this.chance) : text
  }

  private row(row: Rows[number]): Rows[number] {
    const [number, kind, second, third] = row
    const { chance } = this
    switch (chance.upTo(4)) {
      case 0:
        return [chance.upTo(12), kind, second, third]
      case 1:
        return [number, chance.upTo(4), second, third]
      case 2:
        return [
          number,
          kind,
          chance.oneOf([0, 1, 5, 6, 0xffff_ffff, second + 1, chance.upTo(600)]) ?? 0,
          third,
        ]
      default:
        return [number, kind, second, chance.oneOf([0, 1, 0xffff]) ?? 0]
    }
  }
}
