import { describe, expect, it } from 'vitest'
import { createDocument, type Page } from '@pdf-smaller/testing/pdf/document'
import { qpdfCheck } from '@pdf-smaller/testing/pdf/inspect'
import { bytes, type PdfDictionary, type PdfValue, text } from '@pdf-smaller/testing/pdf/values'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { type Objects, objectsOf } from '../testing/objects.ts'
import { merge } from '../tasks/merge/task.ts'

/** Names of places in every form that files have, and the page, from 0, that each leads to. */
const strings: [PdfValue, number][] = [
  [text('x'), 2],
  [text('Übersicht'), 1],
  [bytes(Buffer.from([0x80, 0xff, 0x00, 0x0a])), 2],
  [bytes(Buffer.from([0xa0, 0x31])), 1],
  [bytes(Buffer.from('fffe78007900', 'hex')), 0],
]

/** Three pages that lead to each other in every way there is. */
function leading(): Buffer {
  const document = createDocument({ title: 'leading' })
  const { writer, catalog } = document
  const pages = [document.page(), document.page(), document.page()]
  const to = (page: number): PdfValue => [pages[page]?.ref ?? null, 'XYZ', 0, 100 * page, null]
  const element = writer.reserve()
  const structure = writer.reserve()
  writer.set(element, { Type: 'StructElem', S: 'P', P: structure, Pg: pages[1]?.ref, K: 0, ID: text('top') })
  writer.set(structure, { Type: 'StructTreeRoot', K: [element], IDTree: { Names: [text('top'), element] } })
  catalog['StructTreeRoot'] = structure
  const keyed = strings.map(([key, page]): [PdfValue, PdfValue] => [key, to(page)])
  keyed.push([text('element'), { D: to(1), SD: [element, 'Fit'] }])
  catalog['Dests'] = { x: to(1), 'o\u00e9d': { D: to(2) } }
  catalog['Names'] = { Dests: { Names: keyed.flat() } }
  catalog['OpenAction'] = { S: 'GoTo', D: text('x') }
  const goTo = (D: PdfValue, more: PdfDictionary = {}): PdfDictionary => ({ S: 'GoTo', D, ...more })
  const link = (entries: PdfDictionary) =>
    pages[0]?.annotate(writer.add({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], ...entries }))
  for (const [key] of strings) link({ Dest: key })
  for (const [key] of strings) link({ A: goTo(key) })
  link({ Dest: 'x' })
  link({ A: goTo('o\u00e9d') })
  link({ A: goTo(text('x'), { Next: goTo(text('Übersicht')) }) })
  link({ A: goTo(text('x'), { SD: [element, 'Fit'] }) })
  link({ Dest: text('element') })
  link({ Dest: text('none') })
  const button = writer.add({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Btn',
    Ff: 65536,
    T: text('go'),
    Rect: [0, 0, 9, 9],
    A: writer.add(goTo(text('x'))),
    AA: { E: goTo('x') },
  })
  pages[0]?.annotate(button)
  catalog['AcroForm'] = { Fields: [button] }
  addThread(document, pages)
  return document.save()
}

/** An article that goes over all pages, a bead on each. */
function addThread({ writer, catalog }: ReturnType<typeof createDocument>, pages: readonly Page[]): void {
  const thread = writer.reserve()
  const beads = pages.map(() => writer.reserve())
  for (const [index, page] of pages.entries()) {
    const bead = beads[index]
    if (!bead) continue
    const [N, V] = [beads[(index + 1) % 3], beads.at(index - 1)]
    writer.set(bead, { Type: 'Bead', T: thread, N, V, P: page.ref, R: [0, 0, 99, 99] })
    page.entries['B'] = [bead]
  }
  writer.set(thread, { Type: 'Thread', F: beads[0], I: { Title: text('story') } })
  catalog['Threads'] = [thread]
}

async function mergeAll(files: readonly Buffer[], options: object = {}) {
  const inputs = files.map((file, index) => ({ name: `${index}.pdf`, bytes: file }))
  const { result, outputs } = await runTask(merge, inputs, options)
  const merged = outputs[0]?.bytes ?? Buffer.alloc(0)
  await qpdfCheck(merged)
  return { result, objects: await objectsOf(merged) }
}

/** The pages, from 0, that the annotations of a page lead to by whatever way. */
function leadsOf({ at, list, pages }: Objects, page: string | undefined): unknown[] {
  const numberOf = (destination: unknown) => {
    const [first] = list(destination)
    return first === undefined ? at(destination) : pages.findIndex((each) => each === first)
  }
  return list(at(page, '/Annots')).flatMap((annotation) =>
    [
      at(annotation, '/Dest'),
      at(annotation, '/A', '/D'),
      at(annotation, '/A', '/Next', '/D'),
      at(annotation, '/AA', '/E', '/D'),
    ].flatMap((each) => (each === undefined ? [] : [numberOf(each)])),
  )
}

/** Merged once for all tests. */
let joined: ReturnType<typeof mergeAll> | undefined
const thrice = () => (joined ??= mergeAll([leading(), leading(), leading()]))

describe('one file merged thrice', () => {
  it('leads home from each copy, by whatever name', async () => {
    const { objects } = await thrice()
    const own = [
      ...strings.map(([, page]) => page),
      ...strings.map(([, page]) => page),
      1,
      2,
      2,
      1,
      2,
      1,
      2,
      1,
    ]
    for (const copy of [0, 1, 2])
      expect(leadsOf(objects, objects.pages[3 * copy])).toEqual(own.map((page) => 3 * copy + page))
  })

  it('leads home to elements of the structure, of which each copy has its own', async () => {
    const { at, list, pages, root } = (await thrice()).objects
    const found = [0, 3, 6].map((index) =>
      list(at(pages[index], '/Annots')).flatMap((link) => {
        const element = at(link, '/A', '/SD', 0)
        return element === undefined ? [] : [pages.indexOf(String(Object(element)['/Pg']))]
      }),
    )
    expect(found).toEqual([
      [1, 1],
      [4, 4],
      [7, 7],
    ])
    const names = list(at(root['/StructTreeRoot'], '/IDTree', '/Names'))
    expect(names.filter((_, index) => index % 2 === 0)).toEqual(['u:top', 'u:top_2', 'u:top_3'])
  })

  it('names places of each copy', async () => {
    const { objects } = await thrice()
    const { at, list, root, pages } = objects
    const entries = list(at(root['/Names'], '/Dests', '/Names'))
    const keys = entries.filter((_, index) => index % 2 === 0)
    expect(new Set(keys).size).toBe(24)
    const pageOf = (value: unknown) => pages.indexOf(String(list(value)[0] ?? list(at(value, '/D'))[0]))
    const perCopy = [0, 0, 0]
    for (let entry = 1; entry < entries.length; entry += 2)
      perCopy[Math.floor(pageOf(entries[entry]) / 3)] =
        (perCopy[Math.floor(pageOf(entries[entry]) / 3)] ?? 0) + 1
    expect(perCopy).toEqual([8, 8, 8])
  })

  it('opens as the first does, and reads each article in its own ring', async () => {
    const { at, list, root, pages } = (await thrice()).objects
    expect(list(root['/OpenAction'])[0]).toBe(pages[2])
    const rings = list(root['/Threads']).map((thread) => {
      const ring: number[] = []
      for (let bead = at(thread, '/F'); ring.length < 4; bead = at(bead, '/N'))
        ring.push(pages.indexOf(String(Object(bead)['/P'])))
      return ring
    })
    expect(rings).toEqual([0, 3, 6].map((first) => [first, first + 1, first + 2, first]))
  })

  it('leads to no page of another copy where its own was left out', async () => {
    const { objects, result } = await mergeAll([leading(), leading(), leading()], { pages: '1-2;1,3;1-3' })
    const [first, , second] = objects.pages
    // The second copy's third page is the fourth of all.
    expect(leadsOf(objects, first).filter((page) => Number(page) > 1)).toEqual([])
    expect(leadsOf(objects, second).filter((page) => page !== 2 && page !== 3)).toEqual([])
    expect(leadsOf(objects, second)).toContain(3)
    const rings = objects.list(objects.root['/Threads']).map((thread) => {
      const bead = objects.at(thread, '/F')
      return [bead, objects.at(bead, '/N')].map((each) => objects.pages.indexOf(String(Object(each)['/P'])))
    })
    expect(rings).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ])
    expect(result.kept.links.dropped).toBeGreaterThan(0)
  })
})
