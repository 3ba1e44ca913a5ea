import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { invoiceOf, invoiceSpecs } from '@pdf-smaller/testing/extraction/invoices'
import { measureCorrections } from './corrections.ts'

it('reads exported corrections: the last of a field counts, an amount with or without its currency', async () => {
  const [made] = invoiceSpecs.filter(({ name }) => name === 'en-plain-pounds').map(invoiceOf)
  const truth = made?.truths[0]
  if (!made || truth?.kind !== 'invoice') throw new Error('the invoice is there')
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-corrections-'))
  try {
    const bytes = await made.make()
    await writeFile(path.join(folder, 'kept.pdf'), bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const line = (field: string, value: unknown, hash = sha256) =>
      JSON.stringify({
        task: 'extract-invoice',
        inputs: [{ name: 'a.pdf', sha256: hash }],
        document: 0,
        field,
        value,
      })
    const lines = [
      line('invoice.invoiceNumber', 'no longer'),
      line('invoice.invoiceNumber', truth.number),
      line('documentType', 'invoice'),
      line('invoice.totals.gross', { amount: truth.gross_total, minor: '0', currency: 'GBP' }),
      line('invoice.totals.paid', null),
      line('invoice.totals.net', '0.01'),
      line('invoice.totals.net', '1.00', 'of a file that is gone'),
    ]
    expect(await measureCorrections(lines.join('\n'), folder, 'rules')).toEqual({
      right: 4,
      all: 5,
      wrong: ['a.pdf invoice.totals.net'],
      missing: ['a.pdf'],
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
