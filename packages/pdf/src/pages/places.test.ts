import { describe, expect, it } from 'vitest'
import { type Dictionary, pdfObjects } from '../objects/pdf-objects.ts'
import { textValue } from '../objects/text-string.ts'
import { destinationsOf } from './destinations.ts'
import { entriesIn, outlineOf } from './outline.ts'
import { pageLabels } from './page-labels.ts'

const pages = ['10 0 R', '11 0 R', '12 0 R']
const objectsOf = (catalogue: Dictionary, more: Record<string, Dictionary> = {}) =>
  pdfObjects(
    new Map(Object.entries({ '1 0 R': catalogue, ...more }).map(([key, value]) => [key, { value }])),
    { '/Root': '1 0 R' },
  )

describe('the outline', () => {
  it('is read in the order of a reader', () => {
    const title = (text: string) => ({ '/Title': textValue(text) })
    const objects = objectsOf(
      { '/Outlines': { '/First': '2 0 R' } },
      {
        '2 0 R': { ...title('One'), '/First': '3 0 R', '/Next': '4 0 R', '/Count': 1 },
        '3 0 R': title('Below'),
        '4 0 R': { ...title('日本'), '/Count': -2 },
      },
    )
    const top = outlineOf(objects)
    expect(top.map(({ title: text, isOpen }) => [text, isOpen])).toEqual([
      ['One', true],
      ['日本', false],
    ])
    expect([...entriesIn(top)].map(({ title: text }) => text)).toEqual(['One', 'Below', '日本'])
  })
})

describe('destinations', () => {
  const first = textValue('first')
  const objects = objectsOf({
    '/Dests': { '/second': { '/D': ['11 0 R', '/Fit'] } },
    '/Names': { '/Dests': { '/Names': [first, ['10 0 R', '/XYZ', 0, 700, null]] } },
  })
  const { of, named } = destinationsOf(objects, pages)

  it.each<[string, Dictionary, string | undefined]>([
    ['a name of the tree', { '/Dest': first }, '10 0 R'],
    ['a name of the dictionary', { '/Dest': '/second' }, '11 0 R'],
    ['a page', { '/Dest': ['12 0 R', '/Fit'] }, '12 0 R'],
    ['the index of a page', { '/Dest': [2, '/Fit'] }, '12 0 R'],
    ['an action', { '/A': { '/S': '/GoTo', '/D': first } }, '10 0 R'],
    ['another file', { '/A': { '/S': '/GoToR', '/D': [0, '/Fit'] } }, undefined],
    ['what is no page', { '/Dest': ['99 0 R', '/Fit'] }, undefined],
    ['a name that nothing has', { '/Dest': '/third' }, undefined],
  ])('are found by %s', (_, source, target) => {
    expect(of(source)?.[0]).toBe(target)
  })

  it('have their names as they stand in the file', () => {
    expect([...named.keys()]).toEqual(['/second', first])
  })
})

describe('labels of pages', () => {
  it('count on from where a range begins', () => {
    const ranges = [0, { '/S': '/r' }, 1, { '/S': '/D', '/P': textValue('A-'), '/St': 7 }]
    const labels = pageLabels(objectsOf({ '/PageLabels': { '/Nums': ranges } }), 3)
    expect(labels).toEqual([
      { style: '/r', prefix: undefined, number: 1 },
      { style: '/D', prefix: textValue('A-'), number: 7 },
      { style: '/D', prefix: textValue('A-'), number: 8 },
    ])
  })

  it('are none where a document has none', () => {
    expect(pageLabels(objectsOf({}), 3)).toBeUndefined()
  })
})
