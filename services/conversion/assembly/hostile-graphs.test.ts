import { openWorkingCopy, type WorkingCopy } from '@pdf-smaller/pdf'
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
  page,
} from '@pdf-smaller/pdf/testing/graphs'
import { assemble } from './assemble.ts'
import { openSource } from './source.ts'

type Place = { node: (kids: string[]) => object; catalogue: object }

/** Every place where a document that is taken apart and put together again leads on and on. */
const places: Record<string, Place> = {
  'an outline': {
    node: ([first, next]) => ({ '/Title': 'u:a', '/First': first, '/Next': next, '/Dest': [page, '/Fit'] }),
    catalogue: { '/Outlines': { '/First': nodeAt(0) } },
  },
  'an outline of one level': {
    node: ([next]) => ({ '/Title': 'u:a', '/Next': next, '/Dest': [page, '/Fit'] }),
    catalogue: { '/Outlines': { '/First': nodeAt(0) } },
  },
  'fields of a form': {
    node: (kids) => ({ '/T': 'u:a', '/Kids': kids, '/Subtype': '/Widget', '/Parent': kids[0] }),
    catalogue: { '/AcroForm': { '/Fields': [nodeAt(0), nodeAt(0)] } },
  },
  tags: {
    node: (kids) => ({ '/S': '/P', '/K': [...kids, 0], '/P': kids[0], '/Pg': page }),
    catalogue: { '/StructTreeRoot': nodeAt(0) },
  },
  'the numbers of tags': {
    node: (kids) => ({ '/S': '/P', '/K': 0, '/Kids': kids, '/Pg': page, '/ParentTree': kids[0] }),
    catalogue: { '/StructTreeRoot': nodeAt(0) },
  },
  'labels of pages': {
    node: (kids) => ({ '/Kids': kids }),
    catalogue: { '/PageLabels': nodeAt(0) },
  },
  'destinations and attached files': {
    node: (kids) => ({ '/Kids': kids, '/Names': ['u:a', { '/D': [page] }] }),
    catalogue: { '/Names': { '/Dests': nodeAt(0), '/EmbeddedFiles': nodeAt(0) } },
  },
  layers: {
    node: (kids) => ({ '/Type': '/OCG', '/Order': kids, '/D': kids[0], '/OCGs': kids }),
    catalogue: { '/OCProperties': nodeAt(0) },
  },
}

describe.each(Object.entries(places))('%s', (_, { node, catalogue }) => {
  const isBounded = async (graph: Graph) => {
    const read = documentOf(graph, node, catalogue)
    const { objects, work } = counted(openWorkingCopy({ read, source: '', folder: '' }, undefined))
    return endsSoon(graph, work, () => assembled(objects))
  }

  const assembled = async (copy: WorkingCopy) => {
    const document = {
      path: '',
      bytes: 0,
      pages: 1,
      repaired: false,
      repairs: [],
      pageReferences: [page],
      lastNumber: copy.all.size + 10,
      encryption: undefined,
      copy,
      reopen: () => copy,
    }
    const source = openSource(document, 'file.pdf')
    await assemble([
      { source, pages: [1] },
      { source, pages: [1] },
    ])
  }

  it('end, whatever circles they go in', async () => {
    await assert(asyncProperty(graphs, isBounded), { numRuns: 50 })
  })

  it.each(Object.entries(longGraphs))('end where they lead to %s', async (_name, graph) => {
    expect(await isBounded(graph)).toBe(true)
  })
})
