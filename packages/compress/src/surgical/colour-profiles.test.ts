import { expect, it } from 'vitest'
import { srgbProfile } from '@pdf-smaller/pdf/srgb'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { difference, drawn } from '../../testing/carried.ts'
import { compressBytes } from '../../testing/context.ts'

const srgb = (shade: number) => (shade < 0.04045 ? shade / 12.92 : ((shade + 0.055) / 1.055) ** 2.4)
const fixed = (values: readonly number[]) =>
  Buffer.concat(
    values.map((each) => {
      const bytes = Buffer.alloc(4)
      bytes.writeInt32BE(Math.round(each * 65_536))
      return bytes
    }),
  )
const tag = (type: string, data: Buffer) => Buffer.concat([Buffer.from(`${type}\0\0\0\0`), data])

/** A profile of a display as the format's version 2 has it, its curve in a table of 1,024 numbers. */
function tableProfile(curve: (shade: number) => number): Buffer {
  const table = Buffer.alloc(4 + 2 * 1024)
  table.writeUInt32BE(1024)
  for (let at = 0; at < 1024; at++) table.writeUInt16BE(Math.round(65_535 * curve(at / 1023)), 4 + 2 * at)
  const shades = tag('curv', table)
  const tags: [string, Buffer][] = [
    ['desc', tag('desc', Buffer.from('\0\0\0\x05sRGB\0'.padEnd(100, '\0')))],
    ['cprt', tag('text', Buffer.from('nobody\0\0'))],
    ['wtpt', tag('XYZ ', fixed([0.9505, 1, 1.0891]))],
    ['rXYZ', tag('XYZ ', fixed([0.4361, 0.2225, 0.0139]))],
    ['gXYZ', tag('XYZ ', fixed([0.3851, 0.7169, 0.0971]))],
    ['bXYZ', tag('XYZ ', fixed([0.1431, 0.0606, 0.7141]))],
    ['rTRC', shades],
    ['gTRC', shades],
    ['bTRC', shades],
  ]
  const header = Buffer.alloc(132 + 12 * tags.length)
  header.writeUInt32BE(0x02_10_00_00, 8)
  header.write('mntrRGB XYZ ', 12)
  header.write('acsp', 36)
  fixed([0.9642, 1, 0.8249]).copy(header, 68)
  header.writeUInt32BE(tags.length, 128)
  let offset = header.length
  for (const [index, [name, data]] of tags.entries()) {
    header.write(name, 132 + 12 * index)
    header.writeUInt32BE(offset, 136 + 12 * index)
    header.writeUInt32BE(data.length, 140 + 12 * index)
    offset += data.length
  }
  header.writeUInt32BE(offset, 0)
  return Buffer.concat([header, ...tags.map(([, data]) => data)])
}

/** A page of colours by a profile, which its output intent names, too. */
function coloured(profile: Buffer, xmp = '', info: Record<string, string> = {}): Buffer {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const own = writer.addStream({ N: 3, Alternate: 'DeviceRGB' }, profile)
  const squares = Array.from({ length: 64 }, (_, at) => {
    const [red, green, blue] = [at % 4, (at >> 2) % 4, at >> 4].map((each) => each / 3)
    return `/C cs ${red} ${green} ${blue} sc ${10 * (at % 8)} ${10 * (at >> 3)} 10 10 re f`
  })
  const Contents = writer.addStream({}, squares.join('\n'), { compress: false })
  const Resources = { ColorSpace: { C: ['ICCBased', own] } }
  const page = { Type: 'Page', Parent: tree, MediaBox: [0, 0, 80, 80], Contents, Resources }
  const OutputIntents = [{ Type: 'OutputIntent', S: 'GTS_PDFA1', DestOutputProfile: own }]
  const Metadata = writer.addStream({ Type: 'Metadata', Subtype: 'XML' }, xmp, { compress: false })
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [writer.add(page)] })
  writer.set(root, { Type: 'Catalog', Pages: tree, OutputIntents, Metadata })
  return writer.save({ Root: root, Info: writer.add(info) })
}

const plain = (pdf: Buffer) => run(pdf, 'qpdf', ['--qdf', '--object-streams=disable', '{}', '-'])
const claims = (part: number) => `<x:xmpmeta><pdfaid:part>${part}</pdfaid:part></x:xmpmeta>`

it.each([
  ['of a document that claims no standard', ''],
  ['of an archive of today', claims(2)],
])('a profile of sRGB %s tells its curve by the formula, and colours are the same', async (_, xmp) => {
  const input = coloured(tableProfile(srgb), xmp)
  const { output, result } = await compressBytes(input)
  expect(result.gain).toBe('smaller')
  const now = await plain(output)
  expect(now).toContain('para')
  expect(now).not.toContain('curv')
  expect(now).toContain(srgbProfile().toString('utf8', 12, 24))
  expect(difference(await drawn(input, 1), await drawn(output, 1))).toBeLessThan(0.2)
})

it.each<[string, Buffer, string, Record<string, string>?]>([
  ['with a curve of its own', tableProfile((shade) => shade ** 2.2), ''],
  ['of an archive of the first part', tableProfile(srgb), claims(1)],
  ['that is cut short', tableProfile(srgb).subarray(0, 1500), ''],
  ['for print, as only the facts of the document say', tableProfile(srgb), '', { GTS_PDFXVersion: 'X-3' }],
])('a profile %s stays as it is', async (_, profile, xmp, info = {}) => {
  const { output } = await compressBytes(coloured(profile, xmp, info))
  expect(await plain(output)).toContain('curv')
})
