/** What a document says of itself. Dates are as XMP has them. */
export type Description = {
  title?: string | undefined
  author?: string | undefined
  subject?: string | undefined
  keywords?: string | undefined
  creator?: string | undefined
  producer?: string | undefined
  created?: string | undefined
  modified?: string | undefined
}

const namespaces = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  pdf: 'http://ns.adobe.com/pdf/1.3/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  pdfaid: 'http://www.aiim.org/pdfa/ns/id/',
}

/** The metadata of a document that follows PDF/A-2b, as an XMP packet (6.6.2, 6.6.4). */
export function packetOf(description: Description): string {
  const { title, author, subject, keywords, creator, producer, created, modified } = description
  const alternative = (text: string) =>
    `<rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt>`
  const properties = [
    '<pdfaid:part>2</pdfaid:part>',
    '<pdfaid:conformance>B</pdfaid:conformance>',
    element('dc:title', title && alternative(title)),
    element('dc:creator', author && `<rdf:Seq><rdf:li>${escaped(author)}</rdf:li></rdf:Seq>`),
    element('dc:description', subject && alternative(subject)),
    element('pdf:Keywords', keywords && escaped(keywords)),
    element('pdf:Producer', producer && escaped(producer)),
    element('xmp:CreatorTool', creator && escaped(creator)),
    element('xmp:CreateDate', created),
    element('xmp:ModifyDate', modified),
  ].filter((property) => property !== '')
  const declared = Object.entries(namespaces).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    `<rdf:RDF ${declared.join(' ')}>`,
    '<rdf:Description rdf:about="">',
    ...properties,
    '</rdf:Description>',
    '</rdf:RDF>',
    '</x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n')
}

const element = (name: string, content: string | undefined) =>
  content ? `<${name}>${content}</${name}>` : ''

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** XML has no place for half characters, and for none before the space but tabs and line ends. */
const escaped = (text: string): string =>
  Array.from(text.toWellFormed())
    .filter((character) => character >= ' ' || '\t\n\r'.includes(character))
    .map((character) => entities[character] ?? character)
    .join('')
