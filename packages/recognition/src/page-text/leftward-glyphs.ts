import path from 'node:path'
import { type EngineContext } from '@pdf-smaller/engines'
import { asSeen, hasLeftward } from '@pdf-smaller/text'
import {
  decode,
  type InspectedPdf,
  isReference,
  orAsItIs,
  ownersIn,
  type PdfStream,
  without,
  type WorkingCopy,
} from '@pdf-smaller/pdf'

/** Tables and contents that unpack to more, each and together, are left as they are. */
const [mostBytes, mostInAll] = [16 * 2 ** 20, 256 * 2 ** 20]

/**
 * Glyphs that stand for several letters, and text that is told of as a whole, have their letters as they are read, while
 * Poppler takes those of all other glyphs as they stand. Makes a copy of a document in which all letters of Arabic and
 * Hebrew come as they stand (ISO 32000-1, 9.10.3 and 14.9.4).
 * @returns the file to read the text from: the document itself where it has no such glyph
 */
export async function withGlyphsAsSeen(document: InspectedPdf, context: EngineContext): Promise<string> {
  const copy = document.reopen()
  let left = mostInAll
  let isChanged = false
  for (const reference of tablesOf(copy)) await change(reference, tableAsSeen)
  for (const { streams } of ownersIn(copy, document.pageReferences))
    for (const reference of streams) await change(reference, contentsAsSeen)
  if (!isChanged) return document.path
  const file = path.join(context.cwd, 'glyphs-as-seen.pdf')
  await copy.write(file, context)
  return file

  async function change(reference: string, changed: (text: string) => string): Promise<void> {
    const stream = copy.stream(reference)
    const text = stream && (await plain(stream))
    if (text === undefined) return
    const seen = changed(text)
    if (seen === text) return
    isChanged = true
    await copy.putStream(
      reference,
      without(stream?.dictionary ?? {}, '/Filter', '/DecodeParms'),
      Buffer.from(seen, 'latin1'),
    )
  }

  async function plain(stream: PdfStream): Promise<string | undefined> {
    if (stream.file.length > left) return undefined
    const raw = await copy.read(stream)
    const bytes = await orAsItIs(() => decode(raw, stream.dictionary, copy, Math.min(mostBytes, left)))
    left -= bytes?.length ?? 0
    return bytes && Buffer.from(bytes).toString('latin1')
  }
}

/** The tables of fonts that tell which letters glyphs stand for. */
function tablesOf(copy: WorkingCopy): ReadonlySet<string> {
  const tables = new Set<string>()
  for (const [, { '/ToUnicode': table }] of copy.dictionaries()) if (isReference(table)) tables.add(table)
  return tables
}

const section = /beginbf(char|range)((?:(?!beginbf)[\s\S])*?)endbf\1/g
const pair = /(<[^<>]*>\s*)<([^<>]*)>/g
const range = /<([^<>]*)>(\s*)<([^<>]*)>(\s*)(<[^<>]*>|\[[^[\]]*\])/g

const lettersOf = (digits: string): string =>
  Buffer.from(digits.replaceAll(/[^\da-f]/gi, ''), 'hex')
    .swap16()
    .toString('utf16le')
const digitsOf = (letters: string): string => Buffer.from(letters, 'utf16le').swap16().toString('hex')

/** Letters take two bytes each. */
const orNothing = (digits: string): string =>
  digits.replaceAll(/\s/g, '').length % 4 === 0 ? lettersOf(digits) : ''

/** A table whose glyphs stand for letters as they stand; of a range, the last letter counts on and stays where it is. */
const tableAsSeen = (table: string): string =>
  table.replaceAll(section, (all: string, kind: string, body: string) => {
    const seen =
      kind === 'char'
        ? body.replaceAll(pair, (_, code: string, digits: string) => `${code}<${digitsAsSeen(digits)}>`)
        : body.replaceAll(range, (entry, first: string, _, last: string, __, to: string) =>
            to.startsWith('[') || first === last
              ? entry.slice(0, -to.length) +
                to.replaceAll(/<([^<>]*)>/g, (___, digits: string) => `<${digitsAsSeen(digits)}>`)
              : entry,
          )
    return all.replace(body, () => seen)
  })

/** The letters of a glyph that has alef before lam are those of a ligature of lam and alef, as they stand already. */
const lamAlefAsSeen = /^[\u0622\u0623\u0625\u0627\u0671]\u0644$/

function digitsAsSeen(digits: string): string {
  const letters = orNothing(digits)
  const isMany = letters.length > 1 && hasLeftward(letters) && !lamAlefAsSeen.test(letters)
  return isMany ? digitsOf(asSeen(letters)) : digits
}

/** Text that contents tell of as a whole, as UTF-16 in digits or bytes. */
const wholeText = /(\/ActualText\s*)(?:<([\da-fA-F\s]*)>|\(((?:[^()\\]|\\[\s\S])*)\))/g

const contentsAsSeen = (contents: string): string =>
  contents.replaceAll(wholeText, (all: string, key: string, digits?: string, bytes?: string) => {
    const hex = digits ?? Buffer.from(withoutEscapes(bytes ?? ''), 'latin1').toString('hex')
    const marked = /^\s*fe\s*ff/i.exec(hex)
    const letters = marked ? orNothing(hex.slice(marked[0].length)) : ''
    if (letters.length < 2 || !hasLeftward(letters)) return all
    return `${key}<feff${digitsOf(asSeen(letters))}>`
  })

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** A string of contents without its backslashes (ISO 32000-1, 7.3.4.2). */
const withoutEscapes = (text: string): string =>
  text.replaceAll(/\\(?:([0-7]{1,3})|(\r\n|[\s\S]))/g, (_, octal?: string, character = '') => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
    return /[\r\n]/.test(character) ? '' : (escapes[character] ?? character)
  })
