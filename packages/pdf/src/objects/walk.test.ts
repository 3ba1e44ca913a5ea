import { assert, asyncProperty } from '@pdf-smaller/testing/properties'
import { describe, expect, it } from 'vitest'
import {
  counted,
  documentOf,
  endsSoon,
  type Graph,
  graphs,
  longGraphs,
  nodeAt,
} from '../../testing/graphs.ts'
import { graphCopier } from './copy-graph.ts'
import { destinationsOf } from '../pages/destinations.ts'
import { newObjects } from '../file/new-document.ts'
import { entriesIn, outlineOf } from '../pages/outline.ts'
import { inherited } from '../pages/page-tree.ts'
import { pdfObjects, type PdfObjects } from './pdf-objects.ts'
import { reachedFrom } from './reached.ts'
import { sameText, serialise } from './serialise.ts'
import { treeEntries } from './trees.ts'
import { mapped, walk } from './walk.ts'

type Place = {
  node: (kids: string[]) => object
  catalogue?: object
  read: (objects: PdfObjects) => unknown
}

/** Every place of this package that follows what a document leads to. */
const places: Record<string, Place> = {
  'a name tree': {
    node: (kids) => ({ '/Kids': kids, '/Names': ['u:a', 1] }),
    read: (objects) => [...treeEntries(objects, nodeAt(0), '/Names')],
  },
  'a number tree': {
    node: (kids) => ({ '/Kids': kids, '/Nums': [0, 1] }),
    read: (objects) => [...treeEntries(objects, nodeAt(0), '/Nums')],
  },
  'destinations with names': {
    node: (kids) => ({ '/Kids': kids }),
    catalogue: { '/Names': { '/Dests': nodeAt(0) } },
    read: (objects) => destinationsOf(objects, []),
  },
  'an outline': {
    node: ([first, next]) => ({ '/First': first, '/Next': next }),
    catalogue: { '/Outlines': { '/First': nodeAt(0) } },
    read: (objects) => [...entriesIn(outlineOf(objects))],
  },
  'an outline of one level': {
    node: ([next]) => ({ '/Next': next }),
    catalogue: { '/Outlines': { '/First': nodeAt(0) } },
    read: (objects) => outlineOf(objects),
  },
  'what pages inherit': {
    node: ([parent]) => ({ '/Parent': parent }),
    read: (objects) => inherited(objects, nodeAt(0), '/Resources'),
  },
  'all that a value leads to': {
    node: (kids) => ({ '/A': kids, '/B': { '/C': kids } }),
    read: (objects) => [...reachedFrom(objects, [nodeAt(0)])],
  },
  'a copy of objects': {
    node: (kids) => ({ '/A': kids, '/B': { '/C': kids } }),
    read: (objects) =>
      graphCopier(objects.all, { placeOf: () => undefined, ...newObjects() })([nodeAt(0), nodeAt(0)]),
  },
}

describe.each(Object.entries(places))('%s', (_, { node, catalogue, read: look }) => {
  const isBounded = (graph: Graph) => {
    const read = documentOf(graph, node, catalogue)
    const { objects, work } = counted(pdfObjects(read.objects, read.trailer))
    return endsSoon(graph, work, () => look(objects))
  }

  it('ends, whatever circles it goes in', async () => {
    await assert(asyncProperty(graphs, isBounded))
  })

  // What is counted is work; on a busy machine it may take its time.
  it.each(Object.entries(longGraphs))(
    'ends where it leads to %s',
    async (_name, graph) => {
      expect(await isBounded(graph)).toBe(true)
    },
    60_000,
  )
})

describe('values that stand in each other', () => {
  const depth = 100_000
  const nested = () => {
    let value: unknown = '/End'
    for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { '/A': value }
    return value
  }

  it('are changed, however deep', () => {
    let seen = 0
    const changed = mapped(nested(), (each) => {
      seen++
      return each === '/End' ? '/Other' : each
    })
    expect(seen).toBe(depth + 1)
    expect(serialise(changed)).toContain('<</A/Other>>')
  })

  it('are written, however deep', () => {
    const pdf = serialise(nested())
    expect(pdf.slice(0, 10)).toBe('[<</A[<</A')
    expect(sameText(nested()).slice(0, 10)).toBe('[{"/A":[{"')
  })
})

describe('a walk', () => {
  const kids: Record<string, string[]> = { a: ['b', 'c'], b: ['d'], c: ['d', 'a'], d: [] }

  it('comes by each node once, in the order of a reader', () => {
    expect([...walk(['a'], (node) => kids[node] ?? [], { of: 'test' })]).toEqual(['a', 'b', 'd', 'c'])
  })

  it('ends in words where there is no end', () => {
    const endless = () => [...walk([{}], () => [{}, {}], { of: 'test', isTree: true })]
    expect(endless).toThrow('the nesting of its test goes over 500 levels')
  })
})
