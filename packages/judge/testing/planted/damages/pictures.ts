import { byHand, type Change, withBytes } from '../changes.ts'
import { cases, seen } from '../planted.ts'

/** Of the photo, which is 64 × 48 pixels of red, green and blue. */
const [photo, width, height] = [44, 64, 48]

/** The photo with other samples; `from` tells what stood at a place. */
const samples = (sample: (x: number, y: number, channel: number, from: (x: number, y: number, channel: number) => number) => number): Change =>
  withBytes(photo, (bytes) => {
    const from = (x: number, y: number, channel: number) => bytes[(y * width + x) * 3 + channel] ?? 0
    return Buffer.from(bytes.map((_, at) => {
      const pixel = Math.floor(at / 3)
      return sample(pixel % width, Math.floor(pixel / width), at % 3, from)
    }))
  }) // prettier-ignore

const noise = (x: number, y: number, channel: number) =>
  (Math.imul(x * 131 + y * 7919 + channel * 31, 2_654_435_761) >>> 8) & 255

const damaged = cases('damaged pictures', {
  noise: samples(noise),
  inverted: samples((x, y, channel, from) => 255 - from(x, y, channel)),
  white: samples(() => 255),
  black: samples(() => 0),
  'of one colour, its mean': samples((_, __, channel) => [135, 110, 160][channel] ?? 0),
  'without colour': samples((x, y, _, from) => Math.round((from(x, y, 0) + from(x, y, 1) + from(x, y, 2)) / 3)),
  'red and blue swapped': samples((x, y, channel, from) => from(x, y, 2 - channel)),
  mirrored: samples((x, y, channel, from) => from(width - 1 - x, y, channel)),
  'upside down': samples((x, y, channel, from) => from(x, height - 1 - y, channel)),
  'shifted by eight pixels': samples((x, y, channel, from) => from((x + 8) % width, y, channel)),
  'its lower half grey': samples((x, y, channel, from) => (y < height / 2 ? from(x, y, channel) : 128)),
  'its red disc gone': samples((x, y, channel, from) => from(x < 36 ? 36 : x, y, channel)),
  'a byte late': withBytes(photo, (bytes) => Buffer.concat([bytes.subarray(1), Buffer.from([0])])),
}, { says: seen }) // prettier-ignore

const readOtherwise = cases('pictures that are read otherwise', {
  'another Decode': byHand(['/ColorSpace /DeviceRGB\n  /Height 48', '/ColorSpace /DeviceRGB\n  /Decode [ 1 0 1 0 1 0 ]\n  /Height 48']),
  'black for white': byHand(['/Decode [ 0 1 ]', '/Decode [ 1 0 ]']),
  'another colour space': byHand(['/DeviceRGB\n  /Height 48', '[ /Lab << /WhitePoint [ 0.95 1 1.09 ] /Range [ -100 100 -100 100 ] >> ]\n  /Height 48']),
  'another palette': byHand(['<c81e1e1ea0281e3cc8f0c828>', '<1e3cc8f0c828c81e1e1ea028>']),
  'a palette that is lost': byHand(['[\n    /Indexed\n    /DeviceRGB\n    3\n    <c81e1e1ea0281e3cc8f0c828>\n  ]', '/DeviceGray']),
  'other bits': byHand(['/BitsPerComponent 2', '/BitsPerComponent 1']),
  'a wrong width': byHand(['/Width 64', '/Width 63']),
}, { says: seen }) // prettier-ignore

const lost = cases('lost pictures', {
  'a photo': byHand(['20 80 cm /Photo Do', '20 80 cm']),
  'one that stands in the contents': withBytes(29, (bytes) => {
    const text = bytes.toString('latin1')
    return Buffer.from(text.slice(0, text.indexOf('BI /W')) + text.slice(text.indexOf('EI Q') + 3), 'latin1')
  }),
  'one that its page no longer names': byHand(['/Bilevel 34 0 R', '/Bilevel2 34 0 R']),
  'one at another place': byHand(['130 100 cm /Indexed', '150 90 cm /Indexed']),
  'one of another size': byHand(['40 0 0 40 250 100 cm', '30 0 0 40 250 100 cm']),
  'a form': byHand(['400 100 cm /Form Do', '400 100 cm']),
  'a form that leads nowhere': byHand(['/Form 36 0 R', '/Form 999 0 R']),
}, { says: /has lost what it draws|looks different|marks on page|colours of|has lost what it showed|text of page/ }) // prettier-ignore

const colours = cases('changed colours', {
  'words that have swapped them': byHand(['1 0 0 rg BT /F2', '0 0 0.8 rg BT /F2'], ['0 0 0.8 rg BT /F2 10 Tf 20 76', '1 0 0 rg BT /F2 10 Tf 20 76']),
  'red words that are black': byHand(['1 0 0 rg BT', '0 g BT']),
  'a green box that is red': byHand(['0 0.5 0 rg 140', '0.5 0 0 rg 140']),
  'a ground that is white': byHand(['0.9 0.9 0.2 rg', '1 1 1 rg']),
}, { says: seen }) // prettier-ignore

const lines = cases('lost lines', {
  'a thin one': byHand(['0.3 w 340 70 m 340 130 l S', '']),
  'one of three': byHand(['0.5 w 260 100 m 480 100 l S', '']),
  'one that is shorter': byHand(['260 130 m 480 130 l', '260 130 m 400 130 l']),
  'one that is thick': byHand(['0.5 w 260 130 m', '4 w 260 130 m']),
  'dashes in its place': byHand(['0.5 w 260 130 m 480 130 l S', '0.5 w [ 3 3 ] 0 d 260 130 m 480 130 l S [ ] 0 d']),
}, { says: seen }) // prettier-ignore

const transparency = cases('lost transparency', {
  'a box that is opaque': byHand(['/ca 0.5', '/ca 1.0']),
  'a soft mask': byHand(['\n  /SMask 64 0 R', '']),
  'a soft mask that is inverted': byHand(['/ColorSpace /DeviceGray\n  /Filter /FlateDecode\n  /Height 32', '/ColorSpace /DeviceGray\n  /Decode [ 1 0 ]\n  /Filter /FlateDecode\n  /Height 32']),
  'a state that its page no longer names': byHand(['/Half <<', '/Whole <<']),
}, { says: /has lost what it draws|looks different|marks on page|colours of|has lost what it showed/ }) // prettier-ignore

/** What a level may give up of the look is more than any other task may. */
export const pictureDamages = [
  ...damaged,
  ...readOtherwise,
  ...lost,
  ...colours,
  ...lines,
  ...transparency,
].map((each) => ({ ...each, judges: ['compressed'] as const }))
