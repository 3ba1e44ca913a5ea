import { type PdfObjects, textStringOf } from '@pdf-smaller/pdf'
import { xmpDate } from './dates.ts'
import { type Description, packetOf } from './packet.ts'

/** The metadata packet of a document as it stands in it. */
export type Packet = {
  /** Whether it says what is written here for the document, word by word. */
  isOurs: boolean
  /** Whether it says more than that. */
  hasMore: boolean
}

const kept = new Set(
  `pdfaid:part pdfaid:conformance dc:title dc:creator dc:description pdf:Keywords pdf:Producer xmp:CreatorTool
  xmp:CreateDate xmp:ModifyDate xmp:MetadataDate dc:format x:xmpmeta rdf:RDF rdf:Description rdf:Alt rdf:Seq rdf:Bag
  rdf:li`.split(/\s+/),
)

export function packetFrom(bytes: Buffer, objects: PdfObjects): Packet {
  const text = bytes.toString('utf8')
  const names = [...text.matchAll(/<(\w+:\w+)|\s((?!xmlns:|xml:|rdf:|x:)\w+:\w+)\s*=/g)]
  return {
    isOurs: text === packetOf(descriptionOf(objects, text)),
    hasMore: names.some(([, element = '', attribute = element]) => !kept.has(attribute)),
  }
}

/** What a document says of itself: its Info dictionary, and where that says nothing its packet. */
export function descriptionOf(objects: PdfObjects, packet: string): Description {
  const info = objects.dictionary(objects.trailer['/Info'])
  const said = (key: string) => textStringOf(objects.resolve(info[key]))?.trim() || undefined
  const date = (key: string, element: string) => xmpDate(said(key) ?? '') ?? dateIn(packet, element)
  return {
    title: said('/Title') ?? textIn(packet, 'dc:title'),
    author: said('/Author') ?? textIn(packet, 'dc:creator'),
    subject: said('/Subject') ?? textIn(packet, 'dc:description'),
    keywords: said('/Keywords') ?? textIn(packet, 'pdf:Keywords'),
    creator: said('/Creator') ?? textIn(packet, 'xmp:CreatorTool'),
    producer: said('/Producer') ?? textIn(packet, 'pdf:Producer'),
    created: date('/CreationDate', 'xmp:CreateDate'),
    modified: date('/ModDate', 'xmp:ModifyDate'),
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text of a property, as an element or as an attribute; of several values the first. */
function textIn(packet: string, name: string): string | undefined {
  const element = new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`).exec(packet)?.[1]
  const item = element === undefined ? undefined : /<rdf:li[^>]*>([\s\S]*?)<\/rdf:li>/.exec(element)?.[1]
  const found = item ?? element ?? new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`).exec(packet)?.[1]
  if (found === undefined || found.includes('<')) return undefined
  const text = found.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => entities[entity] ?? '')
  return text.trim() || undefined
}

const xmpForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

function dateIn(packet: string, name: string): string | undefined {
  const date = textIn(packet, name)
  return date !== undefined && xmpForm.test(date) && !Number.isNaN(Date.parse(date)) ? date : undefined
}
