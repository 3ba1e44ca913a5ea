import { expect, it } from 'vitest'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { compressBytes } from '../../testing/context.ts'

const spaces =
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
const rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
const packetOf = (properties: string, before = '') =>
  Buffer.from(
    `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>${before}<rdf:RDF ${rdf}><rdf:Description rdf:about="" ${spaces}>` +
      `${properties}</rdf:Description></rdf:RDF>${' '.repeat(2000)}<?xpacket end="w"?>`,
  )

const creator = '<dc:creator><rdf:Seq><rdf:li>Ada Ångström</rdf:li></rdf:Seq></dc:creator>'
const history = `<xmpMM:History><rdf:Seq>${'<rdf:li>saved again</rdf:li>'.repeat(80)}</rdf:Seq></xmpMM:History>`

/** A page that draws two forms, of which the second has only editing data to tell. */
function withPackets(packet: Buffer): Buffer {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const metadata = (data: Buffer) =>
    writer.addStream({ Type: 'Metadata', Subtype: 'XML' }, data, { compress: false })
  const form = (data: Buffer, drawing: string) =>
    writer.addStream(
      { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 90, 90], Metadata: metadata(data) },
      drawing,
    )
  const XObject = {
    A: form(packetOf('<dc:rights>of the drawer</dc:rights>'), '0 0 40 40 re f'),
    B: form(packetOf(`<xmpMM:DocumentID>uuid:b</xmpMM:DocumentID>${history}`), '50 50 40 40 re f'),
  }
  const Contents = writer.addStream({}, '/A Do /B Do')
  const page = { Type: 'Page', Parent: tree, MediaBox: [0, 0, 90, 90], Contents, Resources: { XObject } }
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [writer.add(page)] })
  writer.set(root, { Type: 'Catalog', Pages: tree, Metadata: metadata(packet) })
  return writer.save({ Root: root })
}

/** A document as qpdf takes it apart. */
const plain = (pdf: Buffer) =>
  run(pdf, 'qpdf', ['--warning-exit-0', '--qdf', '--object-streams=disable', '{}', '-'])

it.each(['low', 'medium', 'high', 'maximum'])(
  'what describes a document or its parts stays at the level %s',
  async (level) => {
    const { output, result } = await compressBytes(withPackets(packetOf(creator + history)), { level })
    expect(result.gain).toBe('smaller')
    const now = await plain(output)
    expect(now).toContain(creator)
    expect(now).toContain('of the drawer')
    expect(now).not.toContain('uuid:b')
    expect(now.includes(history)).toBe(level === 'low' || level === 'medium')
  },
)

const archive = (part: number) => packetOf(`<pdfaid:part>${part}</pdfaid:part>${creator}${history}`)

it.each<[string, string, Buffer, RegExp]>([
  ['of the document and its parts are packed', 'low', packetOf(creator), /^$/],
  ['of an archive are packed by strong levels', 'high', archive(3), /^$/],
  ['of an archive are plain at a gentle level', 'medium', archive(3), /^document$/],
  ['of an archive of the first part are plain', 'maximum', archive(1), /^document part$/],
])('packets %s', async (_, level, packet, expected) => {
  const { output } = await compressBytes(withPackets(packet), { level })
  const found = output.toString('latin1')
  const isPlain = (text: string) => found.includes(text)
  const told = [isPlain('Ada') && 'document', isPlain('of the drawer') && 'part'].filter(Boolean).join(' ')
  expect(told).toMatch(expected)
  const now = await plain(output)
  expect(now).toContain(creator)
  expect(now).toContain('of the drawer')
})

it('a packet that is not understood stays as it is', async () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
  const { output } = await compressBytes(withPackets(packetOf(`${creator}<dc:title>&b;</dc:title>`, bomb)), {
    level: 'maximum',
  })
  const now = await plain(output)
  expect(now).toContain(bomb)
  expect(now).toContain(' '.repeat(2000))
})

it('a packet of a part that cannot be unpacked stays', async () => {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const torn = { Type: 'Metadata', Subtype: 'XML', Filter: 'FlateDecode' }
  const Metadata = writer.addStream(torn, Buffer.from('locked by other means'), { compress: false })
  const form = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 90, 90], Metadata }
  const XObject = { A: writer.addStream(form, '0 0 40 40 re f') }
  const Contents = writer.addStream({}, '/A Do ' + '0.123456 0.654321 m 7 7 l S '.repeat(90), {
    compress: false,
  })
  const page = { Type: 'Page', Parent: tree, MediaBox: [0, 0, 90, 90], Contents, Resources: { XObject } }
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [writer.add(page)] })
  writer.set(root, { Type: 'Catalog', Pages: tree })
  const { output, result } = await compressBytes(writer.save({ Root: root }))
  expect(result.gain).toBe('smaller')
  expect(await plain(output)).toContain('locked by other means')
})

it('resources and destinations that are called like private data stay', async () => {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const form = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 90, 90] }
  const [Thumb, PieceInfo, Metadata] = ['0 0 9 9', '20 20 9 9', '40 40 9 9'].map((at) =>
    writer.addStream(form, `${at} re f`),
  )
  const XObject = writer.add({ Thumb, PieceInfo, Metadata })
  const drawing =
    '/Thumb Do /PieceInfo Do /Metadata Do ' + '0.123456 0.654321 m 7.123456 7.654321 l S '.repeat(90)
  const Contents = writer.addStream({}, drawing, { compress: false })
  const page = writer.add({
    Type: 'Page',
    Parent: tree,
    MediaBox: [0, 0, 90, 90],
    Contents,
    Resources: { XObject },
  })
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [page] })
  const Dests = writer.add({ Thumb: [page, 'Fit'], Metadata: [page, 'Fit'] })
  writer.set(root, { Type: 'Catalog', Pages: tree, Dests })
  const { result, output } = await compressBytes(writer.save({ Root: root }))
  expect(result.winner).toBe('surgical')
  const now = await plain(output)
  expect(now.match(/\/Thumb/g)).toHaveLength(3)
})
