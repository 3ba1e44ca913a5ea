import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { textPages, withAttachments } from '@pdf-smaller/testing/pdf/odd-files'
import { text } from '@pdf-smaller/testing/pdf/values'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { judged, unhurried } from '../../testing/assembled.ts'
import { openBudget } from '../budget.ts'

const examples = path.join(import.meta.dirname, '../../../../examples')
const example = (name: string) => readFile(path.join(examples, name))
const damage = (why: RegExp) => ({ code: 'result_damaged', why: expect.stringMatching(why) })

const sentences = ['One sentence stands here.', 'Another one follows it, and a third.', 'This is the end.']
const pages = sentences.map((sentence) => [sentence, ...sentences])

/** Two pages, the first with a link, a field with a value and a note, and an entry of the outline. */
function rich({
  link = true,
  field = true,
  value = 'Ada',
  isListed = true,
  noted = true,
  outline = true,
} = {}) {
  const document = createDocument({ title: 'Rich' })
  const [first, second] = [document.page(), document.page()]
  for (const page of [first, second])
    page.text({ x: 60, y: 80 }, 'A page with something on it', { font: 'Helvetica', size: 12 })
  const { writer, catalog } = document
  const annotation = (entries: object) => writer.add({ Type: 'Annot', F: 4, ...entries })
  if (link) first.annotate(annotation({ Subtype: 'Link', Rect: [10, 10, 60, 30], Dest: [second.ref, 'Fit'] }))
  if (noted) first.annotate(annotation({ Subtype: 'Text', Rect: [90, 10, 99, 30], Contents: text('a note') }))
  const own = field
    ? annotation({ Subtype: 'Widget', FT: 'Tx', T: text('name'), V: text(value), Rect: [200, 300, 300, 320] })
    : undefined
  if (own) first.annotate(own)
  if (own && isListed) catalog['AcroForm'] = { Fields: [own] }
  if (outline) {
    const [root, item] = [writer.reserve(), writer.reserve()]
    writer.set(item, { Title: text('Two'), Parent: root, Dest: [second.ref, 'Fit'] })
    writer.set(root, { Type: 'Outlines', First: item, Last: item, Count: 1 })
    catalog['Outlines'] = root
  }
  return document.save()
}

describe('a document put together of pages of others', () => {
  it('is sound where it is what was asked for, and it is told what was found', async () => {
    const { looked, found } = await judged(rich(), [{ pdf: rich() }])
    expect(looked).toEqual({ pages: 2, carried: 2, text: 2, look: 2 })
    expect(found).toMatchObject({
      links: { kept: 1, dropped: 0 },
      fields: { kept: 1, dropped: 0 },
      outline: { kept: 1, dropped: 0 },
    })
  })

  it('need not have links and entries that led to pages which were not asked for', async () => {
    const { found } = await judged(
      textPages([pages[0] ?? []]),
      [{ pdf: textPages(pages), pages: [1] }],
    )
    expect(found?.pages).toBe(1)
    const whole = await example('handbook.pdf')
    const { found: none } = await judged(whole, [{ pdf: whole }])
    expect(none?.links.dropped).toBe(0)
  }) // prettier-ignore

  it.each([
    ['a link', { link: false }, /page 1 has lost a link/],
    ['a note', { noted: false }, /page 1 has lost an annotation/],
    ['a field', { field: false }, /page 1 has lost the field "name"/],
    ['the value of a field', { value: 'Eve' }, /page 1 has lost the field "name", or its value/],
    ['the form that lists a field', { isListed: false }, /page 1 has lost the field/],
    ['an entry of the outline', { outline: false }, /outline/],
  ])('is refused without %s', async (_, lost, why) => {
    await expect(judged(rich(lost), [{ pdf: rich() }])).rejects.toMatchObject(damage(why))
  })

  it.each([
    ['a blank page', [pages[0], [], pages[2]], /page 2/],
    ['swapped pages', [pages[1], pages[0], pages[2]], /page [12]/],
    ['the text of another page', [pages[0], pages[1], pages[1]], /page 3/],
    ['a page less', pages.slice(0, 2), /2 pages in place of 3/],
    ['a page more', [...pages, ['more']], /4 pages in place of 3/],
    ['a line less', [pages[0], pages[1]?.slice(1), pages[2]], /page 2/],
  ])('is refused with %s', async (_, lines, why) => {
    const result = textPages(lines.map((each) => each ?? []))
    await expect(judged(result, [{ pdf: textPages(pages) }])).rejects.toMatchObject(damage(why))
  })

  it('is refused where text has moved, or stands on a page of another size', async () => {
    const shifted = (y: number, size = { width: 595, height: 842 }) => {
      const document = createDocument({ title: 'Moved' })
      document.page(size).text({ x: 60, y }, 'This line stands somewhere.', { font: 'Helvetica', size: 30 })
      return document.save()
    }
    await expect(judged(shifted(500), [{ pdf: shifted(100) }])).rejects.toMatchObject(damage(/page 1/))
    const other = shifted(100, { width: 842, height: 842 })
    await expect(judged(other, [{ pdf: shifted(100) }])).rejects.toMatchObject(damage(/boxes/))
  })

  it('is refused without attached files that were asked for', async () => {
    const files = { 'a.csv': 'a,b', 'b.csv': 'c,d' }
    const [two, one] = [withAttachments(files), withAttachments({ 'a.csv': 'a,b' })]
    await expect(judged(one, [{ pdf: two }])).rejects.toMatchObject(damage(/1 attached files are missing/))
    expect((await judged(one, [{ pdf: two }], { attachments: false })).found?.attachments).toBe(1)
    expect((await judged(two, [{ pdf: two }])).found?.attachments).toBe(2)
  })

  it('is refused where a scan is another, or none', async () => {
    const [scan, fax] = [await example('scan-colour.pdf'), await example('fax.pdf')]
    await expect(judged(fax, [{ pdf: scan, pages: [1, 2] }])).rejects.toMatchObject(damage(/./))
    expect((await judged(scan, [{ pdf: scan }])).looked.look).toBeGreaterThan(0)
  })

  it('is read as far as the time goes, a few pages in any case', async () => {
    const many = textPages(Array.from({ length: 300 }, (_, index) => [`page ${index}`]))
    // Four are drawn, and of those that are read the others draw from the same bytes.
    const spentAtOnce = { ...unhurried(), left: () => 0 }
    const { looked } = await judged(many, [{ pdf: many }], {}, spentAtOnce)
    expect(looked).toEqual({ pages: 300, carried: 300, text: 40, look: 43 })
  })
})

describe('a searchable document', () => {
  const blank = textPages([[]])
  const read = (said: string) => ({ turn: 0, isRedrawn: false, text: async () => said })

  it('has the text that was read', async () => {
    const scan = await example('fax.pdf')
    await expect(judged(scan, [{ pdf: scan, change: read('a hundred letters of text') }])).rejects.toMatchObject(
      damage(/the text of page 1 is not there/),
    )
    const said = textPages([['read here']])
    const redrawn = { ...read('read here'), isRedrawn: true }
    expect((await judged(said, [{ pdf: blank, change: redrawn }])).looked.text).toBe(1)
  }) // prettier-ignore

  it('looks as it did, unless it was to be changed; blank it never is', async () => {
    const full = textPages([Array.from({ length: 30 }, () => 'a line of text on a page')])
    const before = { pdf: full, change: { ...read(''), isRedrawn: true } }
    await expect(judged(blank, [before])).rejects.toMatchObject(damage(/as good as blank/))
    await expect(judged(blank, [{ pdf: full, change: read('') }])).rejects.toMatchObject(damage(/page 1/))
    const moved = textPages([['', ...Array.from({ length: 29 }, () => 'a line of text on a page')]])
    expect((await judged(moved, [before])).looked.look).toBe(1)
  })
})

describe('the budget of the judge', () => {
  it('is a tenth of the processor time of the task, or a second', async () => {
    let [task, own] = [0, 0]
    const budget = openBudget(
      () => task,
      () => own,
    )
    expect(budget.left()).toBe(1000)
    task = 20_000
    expect(budget.left()).toBe(2000)
    await budget.spend(async () => {
      task += 500
      own += 500
      expect(budget.left()).toBe(1500)
    })
    expect(budget.left()).toBe(1500)
    await using test = await engineContext()
    const { onExit } = budget.charged(test.context)
    task += 300 + 2700
    onExit?.({ engine: 'a thread', wallMs: 9000, processorMs: 300, peakBytes: 0 })
    onExit?.({ engine: 'a program', wallMs: 2700, peakBytes: 0 })
    expect(budget.left()).toBe(-1500)
  })
})
