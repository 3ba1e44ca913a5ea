import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Extraction } from '@pdf-smaller/contracts/extraction'
import { csvOf, ofxOf, tableOf, xlsxOf } from '@pdf-smaller/extraction'
import type { OutputFile } from '@pdf-smaller/task'
import type { ExtractionContext } from './input.ts'

const types = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ofx: 'application/x-ofx',
} as const

/** Writes the extraction and the files that are asked for; rows that there are none of make no file. */
export async function writeOutputs(
  extraction: Extraction,
  { options, workspace }: Pick<ExtractionContext, 'options' | 'workspace'>,
): Promise<OutputFile[]> {
  const { documents } = extraction
  const rows = extraction.kind === 'invoice' ? 'lines' : 'transactions'
  const table = tableOf(documents, rows)
  const contents = {
    csv: () => csvOf(table),
    xlsx: () => xlsxOf(table, rows),
    ofx: () => ofxOf(documents),
  }
  const outputs = [await write('extraction.json', types.json, JSON.stringify(extraction, undefined, 1))]
  for (const format of table.rows.length > 0 ? new Set(options.exports) : []) {
    const content = contents[format]()
    if (content !== undefined) outputs.push(await write(`${rows}.${format}`, types[format], content))
  }
  return outputs

  async function write(name: string, contentType: string, content: string | Buffer): Promise<OutputFile> {
    const file = path.join(workspace, `out-${name}`)
    await writeFile(file, content)
    return { path: file, name, contentType }
  }
}
