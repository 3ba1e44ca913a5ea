import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { printedCurrency } from '@pdf-smaller/extraction'
import { inspect } from '@pdf-smaller/pdf'
import type { TaskContext } from '@pdf-smaller/task'
import { taskContext } from '@pdf-smaller/worker/testing/task-context'
import type { AnswerOf } from '../../services/ai-extraction/llm/answers.ts'
import { modelFor, openAsking } from '../../services/ai-extraction/llm/reader/asking.ts'
import { fieldMaker } from '../../services/ai-extraction/llm/reader/fields.ts'
import { readOnce } from '../../services/ai-extraction/llm/reader/header.ts'
import { type Sheets, sheetsOf, toolsOf } from '../../services/ai-extraction/llm/reader/reading.ts'
import type { PageWords } from '../../services/ai-extraction/reading/page-words.ts'
import { readWords } from '../../services/ai-extraction/reading/read-words.ts'
import type { Fields } from './judge.ts'

/**
 * Reads the header of an invoice of one page, and nothing else of it: flat, of eight values.
 * @throws JobFailure of the service
 */
export async function readHeader(pdf: Buffer, ask: TaskContext<unknown>['ask']): Promise<Fields> {
  const model = await modelFor(ask, undefined)
  if (!model) throw new Error('the settings name no model')
  const asking = openAsking(ask, model, async () => undefined)
  const sheets = sheetsOf(await wordsOf(pdf), asking, () => {})
  return fieldsOf(await readOnce('invoice-header', sheets.lines, asking), sheets)
}

async function wordsOf(pdf: Buffer): Promise<PageWords[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-llm-'))
  try {
    const file = path.join(folder, 'in.pdf')
    await writeFile(file, pdf)
    const { engine } = taskContext(folder, {})
    const pages: PageWords[] = []
    for await (const page of readWords(await inspect(file, engine), [1], ['eng'], engine)) pages.push(page)
    return pages
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function fieldsOf(header: AnswerOf['invoice-header'], sheets: Sheets): Fields {
  const { net, tax, gross, issueDate, dueDate } = header
  const currency = header.currency === null ? null : (printedCurrency(header.currency) ?? null)
  const make = fieldMaker(toolsOf(sheets, [net, tax, gross], [issueDate, dueDate], currency))
  return {
    invoiceNumber: make.text(header.invoiceNumber),
    issueDate: make.day(issueDate, 'issueDate'),
    dueDate: make.day(dueDate, 'dueDate'),
    currency: make.currency(header.currency),
    net: make.money(net),
    tax: make.money(tax),
    gross: make.money(gross),
  }
}
