import { Extraction } from '@pdf-smaller/contracts/extraction'
import { describe, expect, it } from 'vitest'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { invoiceOf, invoiceSpecs } from '@pdf-smaller/testing/extraction/invoices'
import type { MadeDocument } from '@pdf-smaller/testing/extraction/made'
import { statementSpecs } from '@pdf-smaller/testing/extraction/statement-specs'
import { statementOf } from '@pdf-smaller/testing/extraction/statements'
import { trapDocuments } from '@pdf-smaller/testing/extraction/traps'
import { extractBankStatement } from './extract-bank-statement/task.ts'
import { extractInvoice } from './extract-invoice/task.ts'

async function documentsIn(
  made: MadeDocument | undefined,
  task: typeof extractInvoice | typeof extractBankStatement,
) {
  if (!made) throw new Error('there is no such document')
  const input = { name: `${made.name}.pdf`, bytes: await made.make() }
  const { outputs } = await runTask(task, [input], { engine: 'rules', exports: [] })
  const written = outputs.find(({ name }) => name === 'extraction.json')
  return Extraction.parse(JSON.parse(written?.bytes.toString() ?? '')).documents
}

const invoice = (name: string) => invoiceSpecs.filter((spec) => spec.name === name).map(invoiceOf)[0]
const statement = (name: string) => statementSpecs.filter((spec) => spec.name === name).map(statementOf)[0]

describe('the rules', () => {
  it('read an invoice whose figures add up, and say so', async () => {
    const made = invoice('en-plain-pounds')
    const [truth] = made?.truths ?? []
    const [document] = await documentsIn(made, extractInvoice)
    if (document?.kind !== 'invoice' || truth?.kind !== 'invoice')
      throw new Error('it was taken for something else')
    expect(document.reconciled).toBe(true)
    expect(document.invoice.totals.gross?.value.amount).toBe(truth.gross_total)
    expect(document.invoice.lines.map(({ netAmount }) => netAmount?.value.amount)).toEqual(
      truth.lines.map(({ net }) => net),
    )
  })

  it('find no invoice right whose total is not', async () => {
    const [document] = await documentsIn(invoice('de-wrong-total'), extractInvoice)
    expect(document?.reconciled).toBe(false)
  })

  it('name the row of a statement in which a digit is wrong', async () => {
    const made = statement('en-two-columns-digit')
    const wrong = made?.truths[0]?.planted_fault?.rows?.[0]
    const [document] = await documentsIn(made, extractBankStatement)
    expect(document?.reconciled).toBe(false)
    const named = document?.checks.filter(({ passed }) => passed === false).flatMap(({ at = [] }) => at)
    expect(named).toContain(`statement.accounts[0].transactions[${wrong}]`)
  })

  it('take a quotation for none, whatever adds up in it', async () => {
    const [document] = await documentsIn(
      trapDocuments().find(({ name }) => name === 'trap-quote-de'),
      extractInvoice,
    )
    expect(document).toMatchObject({ kind: 'other', reconciled: null })
  })
})
