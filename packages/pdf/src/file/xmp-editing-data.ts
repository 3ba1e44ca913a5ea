/** Larger packets are left as they are. */
const mostLength = 8 * 1024 * 1024
const mostDepth = 100
const mostPrefixes = 200

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const mm = 'http://ns.adobe.com/xap/1.0/mm/'
const photoshop = 'http://ns.adobe.com/photoshop/1.0/'

/** Namespaces in which programs keep what only they read (Adobe, XMP Specification Part 2 and those of its programs). */
const ofPrograms = new Set([
  'http://ns.adobe.com/camera-raw-settings/1.0/',
  'http://ns.adobe.com/creatorAtom/1.0/',
  'http://ns.adobe.com/illustrator/1.0/',
  'http://ns.adobe.com/xap/1.0/g/img/',
  'http://ns.adobe.com/xap/1.0/t/pg/',
])

/** The same in namespaces that hold other things, too: identifiers, and who is to be credited (IPTC Core). */
const single = new Set([
  ...['History', 'Ingredients', 'Pantry', 'Versions', 'Manifest', 'DerivedFrom'].map((name) => mm + name),
  ...['History', 'ColorMode', 'ICCProfile', 'TextLayers', 'DocumentAncestors'].map(
    (name) => photoshop + name,
  ),
  ...['SidecarForExtension', 'LegacyIPTCDigest', 'EmbeddedXMPDigest'].map((name) => photoshop + name),
  'http://ns.adobe.com/xap/1.0/Thumbnails',
])

type Scope = ReadonlyMap<string, string>
type Open = { name: string; full: string; scope: Scope; cutFrom: number | undefined }
type Cut = { from: number; to: number }

const attribute = /\s+([^\s=<>"'/]+)\s*=\s*("[^"<]*"|'[^'<]*')/y
const endOfTag = /\s*(\/?)>/y
const startOfTag = /<([^\s=<>"'/?!]+)/y
const closing = /<\/([^\s=<>"'/]+)\s*>/y
const skipped = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const

/**
 * An XMP packet (ISO 16684-1) without what only the programs read that made the document, and without the room that is left
 * behind it: history, thumbnails, settings. No entity is expanded, nothing is written anew: parts of the text are cut out.
 * @param packet in ASCII or an encoding that goes on from it, one character to a byte or to a code point
 * @returns undefined where the packet is not understood, or too large
 */
export function withoutEditingData(packet: string): string | undefined {
  const cuts = packet.length > mostLength ? undefined : cutsIn(packet)
  if (!cuts) return undefined
  let [kept, at] = ['', 0]
  for (const { from, to } of cuts) {
    kept += packet.slice(at, from)
    at = to
  }
  return withoutPadding(kept + packet.slice(at))
}

/** White space before the end of a packet is room for programs that change it in its place. */
function withoutPadding(packet: string): string {
  const end = packet.lastIndexOf('<?xpacket end')
  return end < 0 ? packet : `${packet.slice(0, end).trimEnd()}\n${packet.slice(end)}`
}

/** What is to be cut out, in order; undefined for what is no plain XML. */
function cutsIn(text: string): Cut[] | undefined {
  const cuts: Cut[] = []
  const open: Open[] = []
  let [at, elements] = [0, 0]
  for (;;) {
    at = text.indexOf('<', at)
    if (at < 0) return open.length === 0 && elements > 0 ? cuts : undefined
    const aside = skipped.find(([start]) => text.startsWith(start, at))
    if (aside) {
      const end = text.indexOf(aside[1], at + aside[0].length)
      if (end < 0) return undefined
      at = end + aside[1].length
      continue
    }
    const end = text[at + 1] === '/' ? closed(text, at, open, cuts) : opened(text, at, open, cuts)
    if (end === undefined) return undefined
    elements++
    at = end
  }
}

function closed(text: string, at: number, open: Open[], cuts: Cut[]): number | undefined {
  const [whole, name] = matchAt(closing, text, at) ?? []
  const last = open.pop()
  if (whole === undefined || last?.name !== name) return undefined
  const end = at + whole.length
  if (last?.cutFrom !== undefined) cuts.push({ from: last.cutFrom, to: end })
  return end
}

type Attribute = { name: string; value: string; from: number; to: number }

/** Reads a start tag; undefined for a declaration of entities, and for anything else that is not plain. */
function opened(text: string, at: number, open: Open[], cuts: Cut[]): number | undefined {
  const [start, name = ''] = matchAt(startOfTag, text, at) ?? []
  if (start === undefined || open.length >= mostDepth) return undefined
  const attributes: Attribute[] = []
  let to = at + start.length
  for (let found = matchAt(attribute, text, to); found; found = matchAt(attribute, text, to)) {
    const [whole, own = '', value = ''] = found
    attributes.push({ name: own, value: value.slice(1, -1), from: to, to: to + whole.length })
    to += whole.length
  }
  const [end, slash] = matchAt(endOfTag, text, to) ?? []
  if (end === undefined) return undefined
  const [parent, grandparent] = [open.at(-1), open.at(-2)]
  const scope = scopeWith(attributes, parent?.scope ?? new Map())
  if (scope.size > mostPrefixes) return undefined
  const full = fullName(name, scope)
  const isCut = open.some(({ cutFrom }) => cutFrom !== undefined)
  const isProperty = parent?.full === `${rdf}Description` && grandparent?.full === `${rdf}RDF`
  const isDropped = !isCut && isProperty && isEditingData(full)
  if (!isCut && full === `${rdf}Description` && parent?.full === `${rdf}RDF`) {
    for (const each of attributes) {
      if (each.name.includes(':') && isEditingData(fullName(each.name, scope)))
        cuts.push({ from: each.from, to: each.to })
    }
  }
  to += end.length
  if (slash === '') open.push({ name, full, scope, cutFrom: isDropped ? at : undefined })
  else if (isDropped) cuts.push({ from: at, to })
  return to
}

const isEditingData = (full: string) =>
  single.has(full) || ofPrograms.has(full.slice(0, full.search(/[^/#]*$/)))

const prefixOf = ({ name }: Attribute) =>
  name === 'xmlns' ? '' : name.startsWith('xmlns:') ? name.slice('xmlns:'.length) : undefined

function scopeWith(attributes: readonly Attribute[], outer: Scope): Scope {
  const own = attributes.flatMap((each) => {
    const prefix = prefixOf(each)
    return prefix === undefined ? [] : [[prefix, each.value] as const]
  })
  return own.length === 0 ? outer : new Map([...outer, ...own])
}

function fullName(name: string, scope: Scope): string {
  const colon = name.indexOf(':')
  const space = scope.get(colon < 0 ? '' : name.slice(0, colon)) ?? ''
  return space + name.slice(colon + 1)
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
