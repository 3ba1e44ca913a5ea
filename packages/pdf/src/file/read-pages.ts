import { JobFailure } from '@pdf-smaller/contracts'
import {
  type Dictionary,
  isDictionary,
  isReference,
  type PdfObject,
  type PdfObjects,
} from '../objects/pdf-objects.ts'

/** Pages beyond which a document is not taken. */
export const mostPages = 20_000

export type PageTree = {
  /** The reference of each page, in order. */
  pages: string[]
  /** Objects of the tree as they should be, where they are not; none in a sound document. */
  mended: Map<string, PdfObject>
}

type Node = {
  reference: string
  dictionary: Dictionary
  kids: readonly unknown[]
  next: number
  kept: string[]
  count: number
  isSound: boolean
}

/**
 * Walks through the page tree of a document (ISO 32000-1, 7.7.3), counts its pages, and passes over whatever else hangs
 * there: nulls, nodes that come twice. A page that comes twice is two pages, and one within its node is made an object.
 * @param add a new reference for an object of the tree
 * @throws JobFailure too_many_pages
 */
export function readPageTree(objects: PdfObjects, add: () => string): PageTree {
  const [pages, mended, seen] = [[] as string[], new Map<string, PdfObject>(), new Set<string>()]
  const top = topOf(objects, add)
  if (!top) return { pages, mended }
  const { root, dictionary, catalogue } = top
  if (catalogue) mended.set(...catalogue)
  const open = [{ ...nodeOf(root, dictionary, objects), isSound: !catalogue }]
  seen.add(root)
  for (let node = open.at(-1); node; node = open.at(-1)) {
    if (node.next < node.kids.length) takeKid(node, node.kids[node.next++])
    else {
      open.pop()
      endNode(node, open.at(-1))
    }
  }
  return { pages, mended }

  function takeKid(node: Node, kid: unknown): void {
    const dictionary = objects.resolve(kid)
    if (!isDictionary(dictionary)) {
      node.isSound = false
      return
    }
    const isNew = isReference(kid) && !seen.has(kid)
    if (!isPage(dictionary)) {
      // Directly within its parent, it cannot be one's parent itself.
      if (!isNew) {
        node.isSound = false
        return
      }
      seen.add(kid)
      node.kept.push(kid)
      open.push(nodeOf(kid, dictionary, objects))
      return
    }
    const reference = isNew ? kid : add()
    const isSound = isNew && dictionary['/Parent'] === node.reference && dictionary['/Type'] === '/Page'
    if (!isSound)
      mended.set(reference, { value: { ...dictionary, '/Type': '/Page', '/Parent': node.reference } })
    node.isSound &&= isNew
    seen.add(reference)
    node.kept.push(reference)
    node.count++
    if (pages.push(reference) > mostPages) throw new JobFailure('too_many_pages', `${mostPages} are allowed`)
  }

  function endNode(node: Node, parent: Node | undefined): void {
    const { reference, dictionary, count, kept } = node
    const isSound =
      node.isSound &&
      objects.resolve(dictionary['/Count']) === count &&
      dictionary['/Type'] === '/Pages' &&
      (!parent || dictionary['/Parent'] === parent.reference)
    if (parent) parent.count += count
    if (isSound) return
    const above = parent ? { '/Parent': parent.reference } : {}
    mended.set(reference, {
      value: { ...dictionary, '/Type': '/Pages', ...above, '/Kids': kept, '/Count': count },
    })
  }
}

type Top = { root: string; dictionary: Dictionary; catalogue?: [reference: string, object: PdfObject] }

/**
 * The node that the catalogue leads to; where it leads to a page, or holds the node itself, a new one, with the
 * catalogue that leads to that.
 */
function topOf(objects: PdfObjects, add: () => string): Top | undefined {
  const { '/Root': catalogue } = objects.trailer
  const root = objects.dictionary(catalogue)['/Pages']
  const dictionary = objects.resolve(root)
  if (!isReference(catalogue) || !isDictionary(dictionary)) return undefined
  const isOnePage = dictionary['/Type'] === '/Page'
  if (isReference(root) && !isOnePage) return isPage(dictionary) ? undefined : { root, dictionary }
  const own = add()
  const value = { ...objects.dictionary(catalogue), '/Pages': own }
  const kids = { '/Type': '/Pages', '/Kids': [root] }
  return { root: own, dictionary: isOnePage ? kids : dictionary, catalogue: [catalogue, { value }] }
}

/** As viewers see it: what has no kids is a page. */
const isPage = (dictionary: Dictionary) =>
  dictionary['/Type'] === '/Page' || dictionary['/Kids'] === undefined

const nodeOf = (reference: string, dictionary: Dictionary, objects: PdfObjects): Node => ({
  reference,
  dictionary,
  kids: objects.array(dictionary['/Kids']),
  next: 0,
  kept: [],
  count: 0,
  isSound: true,
})
