import { deflateSync } from 'node:zlib'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { toAscii85 } from '../../testing/packings.ts'
import { aPage, contents, onePage, RawDocument } from '../../testing/raw-document.ts'
import { inspect } from './inspect.ts'
import { xmpPacketOf } from './xmp-packet.ts'

async function packetIn(data: Buffer, entries = '') {
  await using test = await engineContext()
  const file = path.join(test.folder, 'in.pdf')
  const document = new RawDocument()
    .object(1, '<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R>>')
    .object(2, onePage)
    .object(3, aPage)
    .stream(4, '', contents)
    .stream(5, `/Type/Metadata/Subtype/XML${entries}`, data)
  await writeFile(file, document.table('/Root 1 0 R/Size 6').bytes())
  return xmpPacketOf((await inspect(file, test.context)).copy)
}

const archive = '<x:xmpmeta><pdfaid:part>2</pdfaid:part></x:xmpmeta>'
const plain = '<x:xmpmeta><dc:title>pdfa, but by name only</dc:title></x:xmpmeta>'

it.each<[string, Buffer, string, boolean]>([
  ['in plain text', Buffer.from(archive), '', true],
  ['packed', deflateSync(archive), '/Filter/FlateDecode', true],
  ['packed twice', toAscii85(deflateSync(archive)), '/Filter[/ASCII85Decode/FlateDecode]', true],
  ['in UTF-16', Buffer.from(`\ufeff${archive}`, 'utf16le').swap16(), '', true],
  ['that cannot be unpacked', Buffer.from('no Flate'), '/Filter/FlateDecode', true],
  ['of a bill', Buffer.from('<fx:ConformanceLevel xmlns:fx="urn:factur-x:pdfa:1p0#"/>'), '', true],
  ['without a standard', Buffer.from(plain), '', false],
  ['without a standard, packed', deflateSync(plain), '/Filter/FlateDecode', false],
])('tells whether a packet %s claims a standard', async (_, data, entries, claims) => {
  expect((await packetIn(data, entries))?.claimsStandard).toBe(claims)
})

const says = (claim: string) => Buffer.from(`<x:xmpmeta>${claim}</x:xmpmeta>`)

it.each<[string, Buffer, boolean]>([
  ['no standard', Buffer.from(plain), false],
  ['the first part of PDF/A', says('<pdfaid:part>1</pdfaid:part>'), true],
  ['it in an attribute', says('<rdf:Description pdfaid:part = "1"/>'), true],
  ['the second part of PDF/A', says('<pdfaid:part> 2 </pdfaid:part>'), false],
  ['the third in an attribute', says("<rdf:Description pdfaid:part='3'/>"), false],
  ['two parts', says('<pdfaid:part>2</pdfaid:part><pdfaid:part>1</pdfaid:part>'), true],
  ['PDF/A by another prefix', says('<a:part xmlns:a="http://www.aiim.org/pdfa/ns/id/">1</a:part>'), true],
  ['no part', says('<pdfaid:conformance>B</pdfaid:conformance>'), true],
  ['PDF/X beside PDF/A', says('<pdfaid:part>2</pdfaid:part><pdfxid:GTS_PDFXVersion/>'), true],
  ['PDF/UA', says('<pdfuaid:part>1</pdfuaid:part>'), false],
])('tells of a packet that names %s whether newer forms are forbidden', async (_, data, forbids) => {
  expect((await packetIn(data))?.forbidsNewForms).toBe(forbids)
})
