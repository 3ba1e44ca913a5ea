import { Extraction } from '@pdf-smaller/contracts/extraction'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { invoice, invoiceData } from '@pdf-smaller/testing/pdf/invoice'
import { runTask, type TestInput } from '@pdf-smaller/worker/testing/run-task'
import { describe, expect, it } from 'vitest'
import { ciiXml, ublXml } from '@pdf-smaller/extraction/testing/xml'
import { extractInvoice } from './task.ts'

async function extract(input: Omit<TestInput, 'name'>, options: object = { engine: 'rules' }) {
  const { result, outputs, stages } = await runTask(extractInvoice, [{ name: 'doc', ...input }], options)
  const extraction = Extraction.parse(JSON.parse(outputs[0]?.bytes.toString() ?? ''))
  return { result, extraction, stages, files: outputs.map(({ name }) => name) }
}
const xml = (text: string) => ({ bytes: Buffer.from(text), contentType: 'application/xml' })

describe('a PDF', () => {
  it('is read by the rules where there is no model, stage by stage', async () => {
    const { result, extraction, stages } = await extract({ bytes: invoice() }, {})
    expect(result).toMatchObject({ kind: 'invoice', engine: { name: 'rules' }, documents: [{ rows: 6 }] })
    const [document] = extraction.documents
    expect(document?.kind === 'invoice' && document.invoice.invoiceNumber?.value).toBe(invoiceData.number)
    expect(stages).toEqual(['document_analysis', 'ai_processing', 'validation', 'formatting'])
  })

  it('writes the files that are asked for', async () => {
    const { files } = await extract({ bytes: invoice() }, { engine: 'rules', exports: [] })
    expect(files).toEqual(['extraction.json'])
  })

  it('without any text is unknown, and nothing is made up', async () => {
    const document = createDocument({ title: 'Nothing' })
    document.page()
    const { result, extraction, files } = await extract({ bytes: document.save() })
    expect(result).toMatchObject({
      reconciled: null,
      documents: [{ documentType: 'unknown', accepted: false }],
    })
    expect(extraction.documents[0]?.gate.reasons).toEqual([
      { text: 'No text was found on its pages', speaksFor: false },
    ])
    expect(files).toEqual(['extraction.json'])
  })

  it('that is locked is refused as such', async () => {
    const bytes = await encrypted(invoice(), { user: 'secret', owner: 'owner' })
    await expect(extract({ bytes })).rejects.toMatchObject({ code: 'encrypted_pdf' })
  })
})

describe('XML', () => {
  it.each([
    ['CII', ciiXml()],
    ['UBL', ublXml()],
  ])('as %s is read exactly, whatever engine is asked for', async (_, text) => {
    const { result, files } = await extract(xml(text), { engine: 'llm' })
    expect(result).toMatchObject({ engine: { name: 'xml' }, reconciled: true, documents: [{ pages: 0 }] })
    expect(files).toEqual(['extraction.json', 'lines.csv', 'lines.xlsx'])
  })

  it.each([
    [
      'has a document type',
      `<!DOCTYPE a [<!ENTITY b "c">]>${ciiXml().replace(/^<\?xml[^>]*>/, '')}`,
      'damaged_xml',
    ],
    ['is something else', '<html><body/></html>', 'unknown_xml'],
    ['is too large', `<a>${' '.repeat(6 * 2 ** 20)}</a>`, 'too_large'],
  ])('that %s is refused', async (_, text, code) => {
    await expect(extract(xml(text))).rejects.toMatchObject({ code })
  })
})
