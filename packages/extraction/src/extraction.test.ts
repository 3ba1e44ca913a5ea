import { Extraction, extractionJsonSchema, FieldPath, Money } from '@pdf-smaller/contracts/extraction'
import { expect, it } from 'vitest'
import { account, goodInvoice, statement, text } from '../testing/made.ts'
import { ciiXml } from '../testing/xml.ts'
import {
  compareDocuments,
  concludeInvoice,
  concludeStatement,
  fieldsIn,
  readXml,
  withEmbedded,
} from './index.ts'
import type { Read } from './index.ts'

const read: Read = {
  documentType: 'invoice',
  pages: [1],
  gate: { accepted: true, confidence: 0.9, reasons: [] },
  choices: [
    { name: 'decimal-mark', chosen: ',', because: 'All amounts have two digits behind it', alternatives: [] },
  ],
}
const rules = concludeInvoice(read, goodInvoice())
const llm = concludeInvoice(read, { ...goodInvoice(), invoiceNumber: text('R-2') })

it('is what the contract says, as JSON, too', () => {
  const xml = readXml(new TextEncoder().encode(ciiXml({ number: 'R-9' })))
  const broken = account(0n, [1n, 2n], { balances: true })
  broken.transactions.pop()
  const extraction: Extraction = {
    schemaVersion: 1,
    kind: 'invoice',
    engine: { name: 'rules' },
    documents: [
      withEmbedded(rules, xml, { file: 'factur-x.xml' }),
      concludeStatement({ ...read, documentType: 'bank-statement' }, statement(broken)),
    ],
    notes: [],
    other: {
      engine: { name: 'llm', model: 'small' },
      documents: [llm],
      notes: [],
      comparison: compareDocuments([rules], [llm]),
    },
  }
  const written: unknown = JSON.parse(JSON.stringify(extraction))
  expect(Extraction.parse(written)).toEqual(written)
  const paths = extraction.documents.flatMap(({ checks }) => checks.flatMap(({ at }) => at ?? []))
  expect(paths.length).toBeGreaterThan(0)
  for (const path of [...paths, ...fieldsIn(extraction.documents, 'documents').map(({ path }) => path)]) {
    expect(FieldPath.safeParse(path).success, path).toBe(true)
  }
})

it('takes no amount that says two things', () => {
  expect(Money.safeParse({ amount: '1.50', minor: '150', currency: 'EUR' }).success).toBe(true)
  for (const other of [
    { amount: '1.50', minor: '151' },
    { amount: '1,50', minor: '150' },
    { amount: '1.5e2', minor: '150' },
  ]) {
    expect(Money.safeParse({ ...other, currency: 'EUR' }).success).toBe(false)
  }
})

it('is published as JSON Schema that stands by itself', () => {
  const schema = JSON.stringify(extractionJsonSchema())
  const defined = new Set(Object.keys((extractionJsonSchema() as { $defs: object }).$defs))
  const named = [...schema.matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, name]) => name ?? '')
  expect(named.filter((name) => !defined.has(name) || name.startsWith('__'))).toEqual([])
  expect([...defined]).toEqual(expect.arrayContaining(['Invoice', 'Statement', 'MoneyField', 'Check']))
})

it('checks thousands of rows', () => {
  const moves = Array.from({ length: 3000 }, (_, index) => BigInt((index % 7) - 3) * 100n + 1n)
  const document = concludeStatement(
    { ...read, documentType: 'bank-statement' },
    statement(account(0n, moves, { balances: true })),
  )
  expect(document.reconciled).toBe(true)
})
