import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type EngineChoice, type ExtractedDocument, FieldPath } from '@pdf-smaller/contracts/extraction'
import { fieldsIn, sameValue } from '@pdf-smaller/extraction'
import { z } from 'zod'
import { type Ask, readDocument } from './read-document.ts'

const Amount = z.object({ amount: z.string(), currency: z.string().nullable() })

/** What counts of a line of exported corrections. */
const Line = z.object({
  task: z.enum(['extract-invoice', 'extract-bank-statement']),
  inputs: z.array(z.object({ name: z.string(), sha256: z.string() })),
  document: z.int().nonnegative(),
  field: FieldPath,
  value: z.union([z.string(), z.int(), Amount]).nullable(),
})
type Line = z.infer<typeof Line>

/** How many corrected values are read rightly now, and which are not. */
export type Corrected = { right: number; all: number; wrong: string[]; missing: string[] }

/**
 * Reads documents anew that people have corrected. Of several corrections of a field the last counts.
 * @param lines exported corrections, JSON lines
 * @param folder of the files that they were made on, found by their hashes
 */
export async function measureCorrections(
  lines: string,
  folder: string,
  engine: EngineChoice,
  ask?: Ask,
): Promise<Corrected> {
  const files = await filesByHash(folder)
  const corrections = new Map<string, Line>()
  for (const text of lines.split('\n').filter((line) => line.trim() !== '')) {
    const line = Line.parse(JSON.parse(text))
    corrections.set(JSON.stringify([line.task, line.inputs[0]?.sha256, line.document, line.field]), line)
  }
  const found: Corrected = { right: 0, all: 0, wrong: [], missing: [] }
  const read = new Map<string, ExtractedDocument[]>()
  for (const line of corrections.values()) {
    const [input] = line.inputs
    const bytes = input && files.get(input.sha256)
    if (!bytes) {
      found.missing.push(input?.name ?? 'a job without a file')
      continue
    }
    const key = `${line.task} ${input.sha256}`
    const kind = line.task === 'extract-invoice' ? 'invoice' : 'bank-statement'
    const documents = read.get(key) ?? (await readDocument(bytes, kind, engine, ask)).extraction.documents
    read.set(key, documents)
    found.all++
    if (isRight(line, documents[line.document])) found.right++
    else found.wrong.push(`${input.name} ${line.field}`)
  }
  return found
}

function isRight({ field, value }: Line, document: ExtractedDocument | undefined): boolean {
  if (field === 'documentType') return document?.documentType === value
  const prefix = 'document.'
  const found = fieldsIn(document, 'document').find(({ path }) => path === `${prefix}${field}`)
  if (!found || value === null) return !found && value === null
  return sameValue(found.field, { value: asKindOf(found.field.value, value) })
}

/** An amount that was corrected by a person without its currency counts in that which was read. */
function asKindOf(read: unknown, value: NonNullable<Line['value']>) {
  const amount = typeof value === 'object' ? value : { amount: String(value), currency: null }
  return typeof read === 'object' ? amount : typeof value === 'object' ? value.amount : value
}

async function filesByHash(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = await readFile(path.join(entry.parentPath, entry.name))
    files.set(createHash('sha256').update(bytes).digest('hex'), bytes)
  }
  return files
}
