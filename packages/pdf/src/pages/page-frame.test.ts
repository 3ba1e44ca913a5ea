import { describe, expect, it } from 'vitest'
import { pdfObjects } from '../objects/pdf-objects.ts'
import { cropOffset, frameOf, mediaBoxOf, pageSizeOf } from './page-frame.ts'

const page = '3 0 R'
/** A page below a node that has entries of its own. */
const objectsOf = (entries: object, above: object = {}) =>
  pdfObjects(
    new Map([
      ['2 0 R', { value: { '/Type': '/Pages', ...above } }],
      [page, { value: { '/Type': '/Page', '/Parent': '2 0 R', ...entries } }],
      ['4 0 R', { value: 300 }],
    ]),
    {},
  )
const a4 = [0, 0, 595, 842]
const usual = { left: 0, bottom: 0, right: 595, top: 842, rotation: 0, unit: 1 }

describe('the frame of a page', () => {
  it.each<[string, object, object, object?]>([
    ['its media box', { '/MediaBox': a4 }, {}],
    ['a box that it inherits', {}, {}, { '/MediaBox': a4 }],
    ['a box with its corners the other way round', { '/MediaBox': [595, 842, 0, 0] }, {}],
    ['US letter where it has none', {}, { right: 612, top: 792 }],
    ['US letter where its box has no area', { '/MediaBox': [5, 5, 5, 90] }, { right: 612, top: 792 }],
    [
      'numbers that are objects of their own',
      { '/MediaBox': [0, 0, '4 0 R', '4 0 R'] },
      { right: 300, top: 300 },
    ],
    [
      'its crop box',
      { '/MediaBox': a4, '/CropBox': [50, 60, 500, 700] },
      { left: 50, bottom: 60, right: 500, top: 700 },
    ],
    [
      'what of its crop box lies on the sheet',
      { '/MediaBox': a4, '/CropBox': [-50, 60, 900, 700] },
      { bottom: 60, top: 700 },
    ],
    ['the sheet where the crop box lies beside it', { '/MediaBox': a4, '/CropBox': [700, 0, 900, 90] }, {}],
    ['the sheet where the crop box has no area', { '/MediaBox': a4, '/CropBox': [0, 0, 0, 0] }, {}],
    ['a rotation', { '/MediaBox': a4, '/Rotate': 450 }, { rotation: 90 }],
    ['a rotation the other way', { '/MediaBox': a4, '/Rotate': -90 }, { rotation: 270 }],
    ['no rotation by what is no quarter', { '/MediaBox': a4, '/Rotate': 45 }, {}],
    ['a larger unit', { '/MediaBox': a4, '/UserUnit': 2.5 }, { unit: 2.5 }],
    ['no unit that it would inherit', { '/MediaBox': a4 }, {}, { '/UserUnit': 2 }],
    ['no unit below nothing', { '/MediaBox': a4, '/UserUnit': -3 }, {}],
  ])('is %s', (_, entries, told, above) => {
    expect(frameOf(objectsOf(entries, above), page)).toEqual({ ...usual, ...told })
  })

  it('has the size of the page as it is seen', () => {
    const lying = objectsOf({ '/MediaBox': a4, '/CropBox': [0, 0, 500, 600], '/Rotate': 270 })
    expect(pageSizeOf(lying, page)).toEqual({ width: 600, height: 500 })
    expect(mediaBoxOf(lying, page)).toEqual(a4)
  })

  it.each([
    [0, { x: 10, y: 142 }],
    [90, { x: 20, y: 10 }],
    [180, { x: 95, y: 20 }],
    [270, { x: 142, y: 95 }],
  ])('begins beside the corner of the sheet, turned by %d', (rotation, offset) => {
    const cropped = objectsOf({ '/MediaBox': a4, '/CropBox': [10, 20, 500, 700], '/Rotate': rotation })
    expect(cropOffset(cropped, page)).toEqual(offset)
  })
})
