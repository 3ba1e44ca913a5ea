import * as fc from '@pdf-smaller/testing/properties'
import { expect, it } from 'vitest'
import { withoutEditingData } from './xmp-editing-data.ts'

const spaces = `xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:mm='http://ns.adobe.com/xap/1.0/mm/' xmlns:ps="http://ns.adobe.com/photoshop/1.0/"
 xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"`

const packetOf = (properties: string, attributes = '', padding = '') =>
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${spaces}${attributes}>${properties}</rdf:Description></rdf:RDF>
</x:xmpmeta>${padding}
<?xpacket end="w"?>`

const title =
  '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Zahlen &amp; Ziele</rdf:li></rdf:Alt></dc:title>'
const rights = '<dc:rights><rdf:Alt><rdf:li xml:lang="de">© Müller</rdf:li></rdf:Alt></dc:rights>'
const credit =
  '<ps:Credit>Agency</ps:Credit><mm:DocumentID>uuid:1</mm:DocumentID><pdfuaid:part>1</pdfuaid:part>'
const history =
  '<mm:History><rdf:Seq><rdf:li rdf:parseType="Resource"><mm:action>saved</mm:action></rdf:li></rdf:Seq></mm:History>'
const thumbnails = '<xmp:Thumbnails><rdf:Alt><rdf:li>AAAA</rdf:li></rdf:Alt></xmp:Thumbnails>'

it('of a packet goes what only programs read, and nothing else', () => {
  const kept = title + rights + credit
  const full = title + history + rights + thumbnails + '<crs:Version>15</crs:Version><ps:ColorMode/>' + credit
  const shown = ' dc:format="application/pdf"'
  expect(
    withoutEditingData(packetOf(full, `${shown} crs:Tint="4" ps:ICCProfile='x'`, ' \n'.repeat(2000))),
  ).toBe(packetOf(kept, shown))
})

it('what looks like editing data within something else stays', () => {
  const inside = `<dc:source>${history}</dc:source>`
  expect(withoutEditingData(packetOf(inside))).toBe(packetOf(inside))
})

it('names mean what their namespaces say', () => {
  const other = packetOf('<mm:History>of the town</mm:History>').replace(
    'http://ns.adobe.com/xap/1.0/mm/',
    'urn:a-museum',
  )
  expect(withoutEditingData(other)).toBe(other)
})

it.each([
  ['entities of its own', `<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>${packetOf(title)}`],
  ['tags that do not fit', packetOf(title).replace('</dc:title>', '</dc:titel>')],
  ['no end', packetOf(title).slice(0, 300)],
  ['great depth', packetOf('<dc:a>'.repeat(50_000))],
  ['no XML', 'no packet at all'],
  ['attributes without quotes', packetOf('<dc:a b=c/>')],
])('a packet with %s is not understood', (_, packet) => {
  expect(withoutEditingData(packet)).toBeUndefined()
})

it('nothing is ever added, whatever the bytes are', () => {
  const parts = fc.constantFrom(
    '<',
    '>',
    '/',
    'dc:a',
    '"',
    ' ',
    '<?',
    '?>',
    '<!--',
    '-->',
    history,
    title,
    '=',
  )
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 60 }), (chosen) => {
      const packet = chosen.join('')
      expect((withoutEditingData(packet) ?? '').length).toBeLessThanOrEqual(packet.length)
    }),
  )
})
