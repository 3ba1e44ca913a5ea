import { describe, expect, it } from 'vitest'
import { filterNames, filtersIn } from './filters.ts'
import { pdfObjects } from '../objects/pdf-objects.ts'

const parameters = { '/Predictor': 15, '/Columns': 4 }
const objects = pdfObjects(
  new Map([
    ['1 0 R', { value: ['/ASCII85Decode', '2 0 R'] }],
    ['2 0 R', { value: '/FlateDecode' }],
    ['3 0 R', { value: [null, '4 0 R'] }],
    ['4 0 R', { value: parameters }],
  ]),
  {},
)
const flate = { name: '/FlateDecode', parameters }
const ascii = { name: '/ASCII85Decode', parameters: {} }

describe('filtersIn', () => {
  it.each([
    [{}, []],
    [{ '/Filter': [] }, []],
    [{ '/Filter': '/FlateDecode', '/DecodeParms': parameters }, [flate]],
    [{ '/Filter': '/Fl', '/DecodeParms': '4 0 R' }, [flate]],
    [{ '/Filter': ['/FlateDecode'], '/DecodeParms': [parameters] }, [flate]],
    [{ '/Filter': '1 0 R', '/DecodeParms': '3 0 R' }, [ascii, flate]],
    [{ '/Filter': ['/ASCII85Decode'] }, [ascii]],
    [{ '/Filter': ['/ASCII85Decode'], '/DecodeParms': null }, [ascii]],
    [{ '/Filter': '/ASCII85Decode', '/DecodeParms': [null] }, [ascii]],
    [{ '/Filter': ['/ASCII85Decode'], '/DecodeParms': {} }, [ascii]],
  ])('reads %o', (dictionary, filters) => {
    expect(filtersIn(dictionary, objects)).toEqual(filters)
  })

  it.each([
    { '/Filter': ['/FlateDecode'], '/DecodeParms': parameters },
    { '/Filter': '/FlateDecode', '/DecodeParms': ['4 0 R'] },
    { '/Filter': ['/FlateDecode'], '/DecodeParms': [7] },
    { '/Filter': [null] },
    { '/Filter': 7 },
    { '/F': 'u:elsewhere' },
    { '/Filter': Array.from({ length: 9 }, () => '/FlateDecode') },
  ])('knows that readers do not agree on %o', (dictionary) => {
    expect(filtersIn(dictionary, objects)).toBeUndefined()
  })
})

it.each([
  [{}, []],
  [{ '/Filter': '/LZW' }, ['/LZWDecode']],
  [{ '/Filter': '1 0 R', '/DecodeParms': parameters }, ['/ASCII85Decode', '/FlateDecode']],
  [{ '/Filter': [null, 3, '/DCT'], '/F': 'b:41' }, ['/DCTDecode']],
])('filterNames gives the names in %j', (dictionary, names) => {
  expect(filterNames(dictionary, objects)).toEqual(names)
})
