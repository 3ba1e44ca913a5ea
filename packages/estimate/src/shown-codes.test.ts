import { expect, it } from 'vitest'
import { openFillable } from './fillable.ts'
import { openOwners } from './owners.ts'
import { openResourceLists } from './resource-lists.ts'
import { shownCodes } from './shown-codes.ts'
import { openShownTexts } from './shown-texts.ts'

/** What is shown in objects, some of which are streams of contents. */
function shown(objects: Record<number, string>, streams: Record<number, string>) {
  const [owners, fonts, fillable] = [openOwners(), openResourceLists('Font'), openFillable()]
  const texts = openShownTexts()
  for (const [number, text] of Object.entries(objects))
    for (const each of [owners, fonts, fillable]) each.note({ number: Number(number), text })
  for (const [number, contents] of Object.entries(streams))
    Array.from(texts.read(Number(number), Buffer.from(contents, 'latin1')))
  const lists = fonts.found()
  const codes = shownCodes(texts, { owners: owners.found(), fonts: lists, fillable: fillable.found(lists) })
  return (font: number, bytesOfCode: 1 | 2 = 1) => {
    const its = codes(font, bytesOfCode)
    return its && [...its].toSorted((one, other) => one - other)
  }
}

const page = (contents: string, fonts: string) =>
  `<< /Type /Page /Contents ${contents} /Resources << /Font << ${fonts} >> >> >>`
const codesOf = (text: string) =>
  [...new Set(Buffer.from(text, 'latin1'))].toSorted((one, other) => one - other)

it('strings count for the font that is set, however they are written', () => {
  const of = shown(
    { 1: page('2 0 R', '/F 3 0 R /G 4 0 R') },
    {
      2: "BT /F 9 Tf (A\\102\\(c\\)) Tj q /G 9 Tf <44 4> Tj [(E) -20 (F)] TJ Q (G) ' % (H)\n/X << /T (I) >> BDC BI /W 1 ID (J EI ET",
    },
  )
  expect(of(3)).toEqual(codesOf('AB(c)G'))
  expect(of(4)).toEqual(codesOf('D@EF'))
})

it('the same name means what the resources of each page say, or of what is above it', () => {
  const of = shown(
    {
      1: page('2 0 R', '/F 3 0 R'),
      4: '<< /Type /Page /Parent 5 0 R /Contents [6 0 R 7 0 R] >>',
      5: '<< /Type /Pages /Resources 8 0 R >>',
      8: '<< /Font 9 0 R >>',
      9: '<< /F 10 0 R >>',
      // A dictionary of numbers alone is no list of contents.
      6: '<< /Length 11 0 R >>',
    },
    { 2: '/F 1 Tf (a) Tj', 6: '/F 1 Tf (b) Tj', 7: '(c) Tj' },
  )
  expect([of(3), of(10)]).toEqual([codesOf('a'), codesOf('bc')])
})

it('codes of composite fonts have two bytes', () => {
  const of = shown({ 1: page('2 0 R', '/F 3 0 R') }, { 2: '/F 1 Tf <0041 0102> Tj' })
  expect(of(3, 2)).toEqual([0x41, 0x102])
})

it('it may be any code where something is filled in, nothing names the font, or contents were not read', () => {
  const fonts = page('2 0 R', '/F 3 0 R /G 4 0 R /H 5 0 R')
  const form = '<< /DR << /Font << /F 3 0 R >> >> /DA (/G 9 Tf) >>'
  const widget = '<< /Subtype /Widget /AP << /N 7 0 R >> >>'
  const appearance = '<< /Subtype /Form /Resources << /Font << /H 5 0 R >> >> >>'
  const of = shown({ 1: fonts, 6: form, 8: widget, 7: appearance }, { 2: '/F 1 Tf (a) Tj', 7: '' })
  expect([3, 4, 5, 9].map((font) => of(font))).toEqual([undefined, undefined, undefined, undefined])
  expect(shown({ 1: fonts }, {})(3)).toBeUndefined()
})

it('is not held up by contents that are made to', () => {
  const before = process.cpuUsage()
  for (const piece of ['(', '<', '<<', '/F 1 Tf ', '(\\', 'q ', 'BI ID ', '(a)Tj ', '% '])
    shown({ 1: page('2 0 R', '/F 3 0 R') }, { 2: piece.repeat((1024 * 1024) / piece.length) })
  expect(process.cpuUsage(before).user).toBeLessThan(4_000_000)
})
