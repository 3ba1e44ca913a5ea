import { array, constantFrom, nat, oneof } from '@pdf-smaller/testing/properties'
import { JobFailure } from '@pdf-smaller/contracts'
import type { ReadDocument } from '../src/file/read-document.ts'
import type { PdfObject, PdfObjects } from '../src/objects/pdf-objects.ts'

/** For each node the nodes that it leads to. */
export type Graph = readonly (readonly number[])[]

const ring = (nodes: number): Graph => Array.from({ length: nodes }, (_, node) => [(node + 1) % nodes])
/** A long way that ends in a circle of two. */
const chain = (nodes: number): Graph =>
  Array.from({ length: nodes }, (_, node) => [node + 1 < nodes ? node + 1 : node - 1])
/** Each node leads many times to the next one, and so does the last: as a tree it would have 40^40 leaves. */
const bush: Graph = Array.from({ length: 40 }, (_, node) =>
  Array.from({ length: 40 }, () => Math.min(node + 1, 39)),
)
const deep = 100_000

/** Circles and chains as a file may have them: short ones of every kind, and some that are very long. */
export const graphs = oneof(
  { weight: 40, arbitrary: array(array(nat(7), { maxLength: 3 }), { minLength: 8, maxLength: 8 }) },
  { weight: 1, arbitrary: constantFrom(ring(1), ring(2), bush) },
)

export const longGraphs: Record<string, Graph> = {
  'itself, twice': [[0, 0]],
  'each other': ring(2),
  'a bush of one twig': bush,
  'a long way': chain(deep),
}

/** The reference of a node. */
export const nodeAt = (node: number): string => `${node + 10} 0 R`

export const page = '2 0 R'

/**
 * A document with an object for each node, and a page.
 * @param object what a node is, told of the references that it leads to
 * @param catalogue the entries of the catalogue, which may lead to `nodeAt(0)`
 */
export function documentOf(
  graph: Graph,
  object: (kids: string[], node: number) => object,
  catalogue: object = {},
): ReadDocument {
  const nodes = graph.map((kids, node): [string, PdfObject] => [
    nodeAt(node),
    { value: object(kids.map(nodeAt), node) },
  ])
  return {
    objects: new Map<string, PdfObject>([
      ...nodes,
      ['1 0 R', { value: catalogue }],
      [page, { value: { '/Type': '/Page', '/Annots': [nodeAt(0)] } }],
    ]),
    trailer: { '/Root': '1 0 R' },
    lastNumber: graph.length + 10,
    texts: new Map(),
    mended: [],
    isMiscounted: false,
    isEncrypted: false,
    version: '1.7',
  }
}

/** Counts how often an object is looked at. */
export function counted<Objects extends PdfObjects>(
  objects: Objects,
): { objects: Objects; work: () => number } {
  let looks = 0
  const get = objects.all.get.bind(objects.all)
  objects.all.get = (reference) => {
    looks++
    return get(reference)
  }
  return { objects, work: () => looks }
}

/** Whether something ends well or in words, without looking at each node more often than a few times. */
export async function endsSoon(graph: Graph, work: () => number, run: () => unknown): Promise<boolean> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof JobFailure && error.code === 'damaged_pdf')) throw error
  }
  const edges = graph.reduce((sum, kids) => sum + kids.length, 0)
  return work() <= 50 * (graph.length + edges) + 100
}
