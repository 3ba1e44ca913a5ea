import { describe, expect, it } from 'vitest'
import { acceptedType, onlyPdfs } from './peek.ts'

const invoices = { contentTypes: ['application/pdf', 'application/xml'] }
const typeOf = (text: string, declared = 'application/octet-stream') =>
  acceptedType(Buffer.from(text, 'utf8'), declared, invoices, 'doc')

describe('XML', () => {
  it.each([
    ['<?xml version="1.0"?><Invoice/>', 'application/pdf'],
    ['\uFEFF<?xml version="1.0"?><Invoice/>', 'text/xml; charset=utf-8'],
    ['\n<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">', 'application/xml'],
    ['<rsm:CrossIndustryInvoice xmlns:rsm="x">', ''],
    ['<!-- made by hand --><Invoice>', 'text/plain'],
  ])('is known by how it begins, whatever it is said to be: %j', (text, declared) => {
    expect(typeOf(text, declared)).toBe('application/xml')
  })

  it.each(['< 5 pieces', '<3', 'Invoice <b>', '{"xml":1}'])('is not what begins otherwise: %j', (text) => {
    expect(() => typeOf(text, 'application/xml')).toThrow('doc is application/octet-stream')
  })

  it('is no PDF to a task that takes nothing else', () => {
    const head = Buffer.from('<?xml version="1.0"?><Invoice/>')
    expect(() => acceptedType(head, 'application/pdf', onlyPdfs, 'doc')).toThrow('The file is not a PDF')
  })
})
