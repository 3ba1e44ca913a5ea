import { describe, expect, it } from 'vitest'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { type PdfDictionary, type PdfValue, text } from '@pdf-smaller/testing/pdf/values'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { objectsOf } from '../testing/objects.ts'
import { merge } from '../tasks/merge/task.ts'

const script = (JS: PdfValue): PdfDictionary => ({ S: 'JavaScript', JS })

type Form = { entries?: PdfDictionary; rate?: string; fieldEntries?: PdfDictionary }

/** A form that adds up amounts by scripts of every kind. */
function summing({ entries = {}, rate = '1.19', fieldEntries = {} }: Form = {}): Buffer {
  const document = createDocument({ title: 'sums' })
  const { writer, catalog } = document
  const page = document.page()
  const field = (name: string, more: PdfDictionary) => {
    const own = writer.add({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Tx',
      T: text(name),
      V: text('12'),
      Rect: [100, 100, 300, 120],
      F: 4,
      ...fieldEntries,
      ...more,
    })
    page.annotate(own)
    return own
  }
  const streamed = writer.addStream({}, `event.value = gross(this.getField("net").value)`)
  const net = field('net', {})
  const tax = field('tax', { AA: { C: script(text(`AFSimple_Calculate("SUM", new Array("net", "tax"));`)) } })
  const total = field('total', { AA: { C: writer.add(script(streamed)) } })
  const push = (name: string, A: PdfDictionary) => field(name, { FT: 'Btn', Ff: 65536, V: undefined, A })
  const buttons = [
    push('clear', { S: 'ResetForm', Fields: [text('net'), text('tax')] }),
    push('clear all', { S: 'ResetForm' }),
    push('send', { S: 'SubmitForm', F: text('http://127.0.0.1/'), Fields: [tax], Flags: 1 }),
    push('hide', { S: 'Hide', T: [text('net'), tax] }),
    push('empty', script(text('this.resetForm();'))),
    push('all', script(text('for (var i = 0; i < 3; i++) this.getField("n" + i).value = 0'))),
  ]
  catalog['Names'] = {
    JavaScript: { Names: [text('rates'), script(text(`function gross(n) { return n * ${rate} }`))] },
  }
  const F = document.font('Helvetica')
  const DR = { Font: { F } }
  const Fields = [net, tax, total, ...buttons]
  catalog['AcroForm'] = { Fields, CO: [tax, total], DA: text('/F 10 Tf 0 g'), DR, ...entries }
  return document.save()
}

async function mergeAll(files: readonly Buffer[]) {
  const inputs = files.map((bytes, index) => ({ name: `${index}.pdf`, bytes }))
  const { result, outputs } = await runTask(merge, inputs)
  const merged = outputs[0]?.bytes ?? Buffer.alloc(0)
  await qpdfCheck(merged)
  const objects = await objectsOf(merged)
  const { at, list, root } = objects
  const fields = new Map(list(at(root['/AcroForm'], '/Fields')).map((each) => [at(each, '/T'), each]))
  const action = (name: string, ...way: string[]) => at(fields.get(`u:${name}`), '/A', ...way)
  return { result, merged, ...objects, fields, action }
}

describe('forms of two files', () => {
  it('have scripts that follow the fields', async () => {
    const { at, list, root, fields, action, result } = await mergeAll([summing(), summing()])
    expect(at(fields.get('u:tax'), '/AA', '/C', '/JS')).toBe(
      'u:AFSimple_Calculate("SUM", new Array("net", "tax"));',
    )
    expect(at(fields.get('u:tax_2'), '/AA', '/C', '/JS')).toBe(
      'u:AFSimple_Calculate("SUM", new Array("net_2", "tax_2"));',
    )
    expect(at(fields.get('u:total_2'), '/AA', '/C', '/JS')).toBe(
      'u:event.value = gross_2(this.getField("net_2").value)',
    )
    const documents = list(at(root['/Names'], '/JavaScript', '/Names')).map((each) => at(each, '/JS') ?? each)
    expect(documents).toEqual([
      'u:rates',
      'u:function gross(n) { return n * 1.19 }',
      'u:rates_2',
      'u:function gross_2(n) { return n * 1.19 }',
    ])
    expect(action('clear_2', '/Fields')).toEqual(['u:net_2', 'u:tax_2'])
    expect(action('hide_2', '/T')).toEqual(['u:net_2', fields.get('u:tax_2')])
    expect(list(at(root['/AcroForm'], '/CO'))).toEqual(
      ['tax', 'total', 'tax_2', 'total_2'].map((name) => fields.get(`u:${name}`)),
    )
    expect(result.kept.scripts).toEqual({
      changed: 5,
      unsure: [0, 1]
        .map((file) => `${file}.pdf: for (var i = 0; i < 3; i++) this.getField("n" + i).value = 0`)
        .slice(1),
    })
  })

  it('are cleared and sent each by itself', async () => {
    const { fields, action, list } = await mergeAll([summing(), summing()])
    const own = (suffix: string) =>
      [...fields].filter(([name]) => String(name).endsWith('_2') === (suffix !== ''))
    for (const suffix of ['', '_2']) {
      const references = own(suffix).map(([, field]) => field)
      expect(action(`clear all${suffix}`, '/Fields')).toEqual(references)
      // All but one are sent, so those of the other file must not be.
      const tax = fields.get(`u:tax${suffix}`)
      expect(action(`send${suffix}`, '/Fields')).toEqual(references.filter((field) => field !== tax))
      expect(action(`send${suffix}`, '/Flags')).toBe(0)
      expect(list(action(`send${suffix}`, '/Fields'))).toHaveLength(8)
    }
    const names = own('_2').map(([name]) => String(name).slice(2))
    expect(action('empty_2', '/JS')).toBe(`u:this.resetForm(${JSON.stringify(names)});`)
  })

  it('keep functions of the same name apart', async () => {
    const { at, fields, list, root } = await mergeAll([summing(), textForm(), summing({ rate: '1.07' })])
    expect(at(fields.get('u:total_2'), '/AA', '/C', '/JS')).toContain('gross_2(')
    const last = list(at(root['/Names'], '/JavaScript', '/Names')).at(-1)
    expect(at(last, '/JS')).toBe('u:function gross_2(n) { return n * 1.07 }')
  })

  it('keep their defaults', async () => {
    const other = summing({ entries: { DA: text('/F 20 Tf 1 0 0 rg'), Q: 2 } })
    const { at, root, fields } = await mergeAll([summing(), other])
    expect(at(root['/AcroForm'], '/DA')).toBe('u:/F 10 Tf 0 g')
    expect([at(fields.get('u:net'), '/DA'), at(fields.get('u:net'), '/Q')]).toEqual([
      'u:/F 10 Tf 0 g',
      undefined,
    ])
    expect([at(fields.get('u:net_2'), '/DA'), at(fields.get('u:net_2'), '/Q')]).toEqual([
      'u:/F 20 Tf 1 0 0 rg',
      2,
    ])
  })

  it('keep fields of one name that are one to viewers', async () => {
    const document = createDocument({ title: 'twins' })
    const page = document.page()
    const twin = () =>
      document.writer.add({ Type: 'Annot', Subtype: 'Widget', FT: 'Tx', T: text('net'), Rect: [0, 0, 9, 9] })
    const [one, other] = [twin(), twin()]
    page.annotate(one)
    page.annotate(other)
    document.catalog['AcroForm'] = { Fields: [one, other] }
    const { at, list, root } = await mergeAll([summing(), document.save()])
    expect(
      list(at(root['/AcroForm'], '/Fields'))
        .slice(-2)
        .map((each) => at(each, '/T')),
    ).toEqual(['u:net_2', 'u:net_2'])
  })
})

/**
 * A form of one text field whose look is left to viewers, or stands there.
 * @param stale what the field shows all the same
 */
function textForm(more: PdfDictionary = {}, form: PdfDictionary = {}, stale?: string): Buffer {
  const document = createDocument({ title: 'text' })
  const page = document.page()
  const box = [100, 600, 300, 620]
  const look = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 200, 20] }
  const AP = stale === undefined ? undefined : { N: document.writer.addStream(look, stale) }
  const own = { Type: 'Annot', Subtype: 'Widget', FT: 'Tx', T: text('name'), F: 4, Rect: box, AP, ...more }
  const field = document.writer.add(own)
  page.annotate(field)
  const Encoding = 'WinAnsiEncoding'
  const F = document.writer.add({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica', Encoding })
  document.catalog['AcroForm'] = { Fields: [field], DA: text('/F 0 Tf 0 g'), DR: { Font: { F } }, ...form }
  return document.save()
}

const left = { NeedAppearances: true }
const textOf = (pdf: Buffer) => run(pdf, 'pdftotext', ['-enc', 'UTF-8', '{}', '-'])

describe('forms that leave looks to viewers', () => {
  it('get them drawn beside one that does not', async () => {
    const drawn = summing({ fieldEntries: { AP: undefined } })
    const { at, root, fields, merged, result } = await mergeAll([
      drawn,
      textForm({ V: text('Zoë Müller') }, left),
      textForm({ V: text('one two three four five six'), Ff: 1 << 12, Rect: [100, 500, 160, 600] }, left),
      textForm({ V: text('1234'), Ff: 1 << 24, MaxLen: 8, Q: 1 }, left),
      textForm({ V: text('漢字') }, left),
    ])
    expect(at(root['/AcroForm'], '/NeedAppearances')).toBeUndefined()
    expect(at(fields.get('u:net'), '/AP')).toBeUndefined()
    expect(result.kept.appearances).toEqual({ made: 3, missing: ['4.pdf: name'] })
    const pages = (await textOf(merged)).split('\f').map((page) => page.trim().split(/\s+/).join(' '))
    expect(pages.slice(1, 4)).toEqual(['Zoë Müller', 'one two three four five six', expect.anything()])
    expect(pages[3]?.replaceAll(' ', '')).toBe('1234')
  })

  it('get them drawn anew where they have been drawn before', async () => {
    const { merged, result } = await mergeAll([
      textForm({ V: text('as it stands') }, {}, '0 0 9 9 re f'),
      textForm({ V: text('as it is now') }, left, '0 0 9 9 re f'),
    ])
    expect(result.kept.appearances).toEqual({ made: 1, missing: [] })
    expect((await textOf(merged)).trim()).toBe('as it is now')
  })

  it('go on to do so where all do', async () => {
    const files = [textForm({ V: text('a') }, left), textForm({ V: text('b') }, left)]
    const { at, root, result } = await mergeAll(files)
    expect(at(root['/AcroForm'], '/NeedAppearances')).toBe(true)
    expect(result.kept.appearances).toEqual({ made: 0, missing: [] })
  })
})
