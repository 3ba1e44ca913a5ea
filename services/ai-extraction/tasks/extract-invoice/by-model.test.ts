import { Extraction, type InvoiceDocument } from '@pdf-smaller/contracts/extraction'
import { fieldsIn } from '@pdf-smaller/extraction'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { invoice } from '@pdf-smaller/testing/pdf/invoice'
import { manyPages } from '@pdf-smaller/testing/pdf/odd-files'
import { scanned } from '@pdf-smaller/recognition/testing/scanned'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { ofInvoice } from '../../testing/answers.ts'
import { askOf } from '../../testing/asked-model.ts'
import {
  answers,
  answersByPart,
  type ScriptedModel,
  startScriptedModel,
  textOf,
  type Turn,
} from '../../testing/scripted-model.ts'
import { extractInvoice } from './task.ts'

let model: ScriptedModel
beforeEach(async () => {
  model = await startScriptedModel()
})
afterEach(() => model.close())

async function extract(pdf: Buffer, options: object = {}, settings: Record<string, string> = {}) {
  const { result, outputs } = await runTask(
    extractInvoice,
    [{ name: 'doc.pdf', bytes: pdf }],
    { engine: 'llm', ...options },
    { ask: askOf(model.url, settings) },
  )
  const json: unknown = JSON.parse(outputs[0]?.bytes.toString() ?? '')
  return { result, extraction: Extraction.parse(json), files: outputs.map(({ name }) => name) }
}

function theInvoice({ documents }: Extraction): InvoiceDocument {
  const [document] = documents
  if (document?.kind !== 'invoice') throw new Error('there is no invoice')
  return document
}
const partsAsked = () => model.asked.map(({ response_format }) => response_format.json_schema.name)

describe('an invoice that a model reads', () => {
  it('has no date where another one is labelled', async () => {
    const header = { ...ofInvoice.invoice_header, issueDate: ofInvoice.invoice_header.dueDate }
    model.plays(answersByPart({ ...ofInvoice, invoice_header: header }))
    const { extraction } = await extract(invoice())
    const { issueDate, dueDate } = theInvoice(extraction).invoice
    expect(issueDate).toMatchObject({ value: '2026-03-29', grounded: false })
    expect(dueDate).toMatchObject({ value: '2026-03-29', grounded: true })
    expect(theInvoice(extraction).reconciled).not.toBe(true)
  })

  it('has every value with the place where it stands, and adds up', async () => {
    model.plays(answersByPart(ofInvoice))
    const { result, extraction, files } = await extract(invoice())
    const document = theInvoice(extraction)
    const { totals, seller, payment, lines, taxes } = document.invoice
    expect(totals.gross?.value).toEqual({ amount: '1461.00', minor: '146100', currency: 'GBP' })
    expect(document.invoice.issueDate?.value).toBe('2026-02-27')
    expect(seller.name?.value).toBe('Brightwater Print Works')
    expect(payment[0]?.iban).toMatchObject({ value: 'GB06NGSB60161331926819', grounded: true })
    const amounts = lines.map(({ netAmount }) => netAmount?.value.minor).join(' ')
    expect(amounts).toBe('55800 28200 17500 9900 16800 2850')
    expect(taxes).toHaveLength(2)
    const fields = fieldsIn(document.invoice, 'invoice')
    expect(fields.filter(({ field }) => !field.grounded)).toEqual([])
    for (const { field } of fields) expect(field.provenance.length).toBeGreaterThan(0)
    expect(document).toMatchObject({ reconciled: true, documentType: 'invoice' })
    // A row's amount stands in its row, though the same figure stands elsewhere, too.
    const tops = lines.map(({ netAmount }) => netAmount?.provenance[0]?.bbox.t ?? 0)
    expect(tops).toEqual(tops.toSorted((one, other) => one - other))
    expect(result).toMatchObject({
      engine: { name: 'llm', model: 'scripted' },
      reconciled: true,
      usage: { calls: 3 },
    })
    expect(partsAsked()).toEqual(['invoice_header', 'invoice_details', 'invoice_lines'])
    expect(files).toEqual(['extraction.json', 'lines.csv', 'lines.xlsx'])
    expect(JSON.stringify(result)).not.toMatch(/Brightwater|1461|BW-2026/)
  })

  it('has its days and amounts found by what they say, where the model writes them its own way', async () => {
    const header = {
      ...ofInvoice.invoice_header,
      issueDate: '2026-02-27',
      dueDate: '29/03/2026',
      gross: '1461.00 GBP',
    }
    model.plays(answersByPart({ ...ofInvoice, invoice_header: header }))
    const { extraction, result } = await extract(invoice())
    const { issueDate, dueDate, totals } = theInvoice(extraction).invoice
    expect(issueDate).toMatchObject({ value: '2026-02-27', raw: '27 February 2026', grounded: true })
    expect(dueDate).toMatchObject({ value: '2026-03-29', raw: '29 March 2026', grounded: true })
    expect(totals.gross).toMatchObject({ raw: '£1,461.00', grounded: true })
    expect(result.reconciled).toBe(true)
  })

  it('is looked at once more where its figures disagree, and the better reading is taken', async () => {
    const wrong = { ...ofInvoice.invoice_header, gross: '1,310.50' }
    const details = { ...ofInvoice.invoice_details, due: null }
    let headers = 0
    model.plays((asked, response) => {
      const isFirst = asked.response_format.json_schema.name === 'invoice_header' && headers++ === 0
      const header = isFirst ? wrong : ofInvoice.invoice_header
      answersByPart({ ...ofInvoice, invoice_header: header, invoice_details: details })(asked, response)
    })
    const { result, extraction } = await extract(invoice())
    expect(theInvoice(extraction).invoice.totals.gross?.value.minor).toBe('146100')
    expect(result.reconciled).toBe(true)
    const again = model.asked.filter((asked) => textOf(asked).includes('do not add up'))
    expect(again.length).toBeGreaterThan(0)
    expect(again.length).toBeLessThanOrEqual(3)
    expect(again[0] && textOf(again[0])).toMatch(/1461\.00.*1310\.50|1310\.50.*1461\.00/s)
  })

  it('that does not add up after all is told as such, after one more round and no further', async () => {
    const header = { ...ofInvoice.invoice_header, gross: '1,310.50' }
    model.plays(answersByPart({ ...ofInvoice, invoice_header: header }))
    const { result } = await extract(invoice())
    expect(result).toMatchObject({ reconciled: false })
    expect(result.documents[0]?.failedChecks).toContain('BR-CO-15')
    expect(partsAsked().filter((part) => part === 'invoice_header')).toHaveLength(2)
  })

  it('with a value that stands nowhere is not called reconciled, however well it adds up', async () => {
    const rows = ofInvoice.invoice_lines.rows.map((row, index) =>
      index === 1 ? { ...row, amount: '282.50' } : row,
    )
    const header = { ...ofInvoice.invoice_header, net: '1,311.00', tax: '150.00', gross: '1,461.00' }
    model.plays(answersByPart({ ...ofInvoice, invoice_header: header, invoice_lines: { rows } }))
    const { result, extraction } = await extract(invoice())
    const { net } = theInvoice(extraction).invoice.totals
    expect(net).toMatchObject({ grounded: false, provenance: [], grade: 'low' })
    expect(result.reconciled).not.toBe(true)
    expect(result.documents[0]?.fields.ungrounded).toBeGreaterThan(0)
  })

  it('keeps the rows of an answer that was cut off, and asks for those below them', async () => {
    const { rows } = ofInvoice.invoice_lines
    const cut: Turn = (asked, response) => {
      const text = textOf(asked)
      const left = rows.filter(({ productCode }) => text.includes(productCode))
      const whole = JSON.stringify({ rows: left.slice(0, 3) })
      const isCut = left.length > 2
      answers(isCut ? whole.slice(0, -60) : whole, { finish: isCut ? 'length' : 'stop' })(asked, response)
    }
    model.plays((asked, response) => {
      const isRows = asked.response_format.json_schema.name === 'invoice_lines'
      return (isRows ? cut : answersByPart(ofInvoice))(asked, response)
    })
    const { result, extraction } = await extract(invoice())
    const codes = theInvoice(extraction).invoice.lines.map(({ productCode }) => productCode?.value)
    expect(codes).toEqual(rows.map(({ productCode }) => productCode))
    expect(result.reconciled).toBe(true)
    expect(partsAsked().filter((part) => part === 'invoice_lines').length).toBeGreaterThan(1)
  })

  it('of a model that goes round in circles has each line once', async () => {
    const rows = Array.from({ length: 8 }, () => ofInvoice.invoice_lines.rows).flat()
    model.plays(answersByPart({ ...ofInvoice, invoice_lines: { rows } }))
    const { extraction, result } = await extract(invoice())
    expect(theInvoice(extraction).invoice.lines).toHaveLength(6)
    expect(result.reconciled).toBe(true)
  })
})

it('shows the model pages that are scans, upright in words and as a picture, and no others', async () => {
  model.plays(answersByPart(ofInvoice))
  await extract(invoice())
  expect(JSON.stringify(model.asked)).not.toContain('image_url')
  const { extraction } = await extract(await scanned([{ turned: 90 }], invoice()), { languages: ['eng'] })
  const [asked] = model.asked.slice(3)
  expect(JSON.stringify(asked?.messages)).toContain('data:image/jpeg;base64,/9j/')
  expect(asked && textOf(asked)).toContain('BW-2026-0342')
  const { invoiceNumber } = theInvoice(extraction).invoice
  expect(invoiceNumber).toMatchObject({ grounded: true, source: 'llm' })
  const [width = 0, height = 0] = invoiceNumber?.provenance[0]?.pageSize ?? []
  expect(height).toBeGreaterThan(width)
})

describe('a document that a model is not to be trusted with', () => {
  it('is refused before anything is read of it, where it is no invoice', async () => {
    model.plays(
      answersByPart({
        ...ofInvoice,
        invoice_header: { ...ofInvoice.invoice_header, documentType: 'quotation' },
      }),
    )
    const { extraction, result } = await extract(invoice())
    expect(extraction.documents[0]).toMatchObject({ kind: 'other', documentType: 'quotation' })
    expect(extraction.documents[0]).not.toHaveProperty('invoice')
    expect(result).toMatchObject({ reconciled: null, documents: [{ accepted: false, rows: 0 }] })
    expect(partsAsked()).toEqual(['invoice_header'])
  })

  it('has more pages than the model is asked about', async () => {
    await expect(extract(manyPages(4), {}, { PDF_SMALLER_LLM_MAX_PAGES: '3' })).rejects.toMatchObject({
      code: 'too_many_pages',
    })
    expect(model.asked).toEqual([])
  })

  it('fails as the model does', async () => {
    model.plays(answers('{"documentType":"inv', { finish: 'length' }))
    await expect(extract(invoice())).rejects.toMatchObject({ code: 'llm_cut' })
  })
})

describe('the engine', () => {
  it('is the model where there is one, and else the rules', async () => {
    model.plays(answersByPart(ofInvoice))
    expect((await extract(invoice(), { engine: 'auto' })).result.engine.name).toBe('llm')
    const without = await extract(invoice(), { engine: 'auto' }, { PDF_SMALLER_LLM_MODELS: '' })
    expect(without.result.engine.name).toBe('rules')
    expect(without.result).not.toHaveProperty('usage')
    await expect(extract(invoice(), {}, { PDF_SMALLER_LLM_MODELS: '' })).rejects.toMatchObject({
      code: 'llm_not_configured',
    })
  })

  it('is both, and their difference is told field by field', async () => {
    model.plays(answersByPart(ofInvoice))
    const { extraction, result } = await extract(invoice(), { engine: 'both' })
    const names = new Set([extraction.engine.name, extraction.other?.engine.name])
    expect(names).toEqual(new Set(['llm', 'rules']))
    expect(extraction.other?.comparison.same).toBeGreaterThan(20)
    expect(result.compared?.same).toBe(extraction.other?.comparison.same)
  })
})
