import { JobFailure } from '@pdf-smaller/contracts'
import {
  type AnyField,
  type Correction,
  type CorrectionBody,
  type ExtractedDocument,
  type Extraction,
  fieldKindAt,
  type FieldPath,
  type FieldValue,
  stepsOf,
} from '@pdf-smaller/contracts/extraction'
import { isField } from '../fields/walk.ts'
import { correctedValue } from './corrected-value.ts'

/**
 * Checks what a person says of a field against the extraction. A field that nobody found may be named, and so may the row
 * behind the last one.
 * @param earlier corrections of the same job: rows that they add are there, too
 * @returns what was extracted, and what it should be, both as values of the field's kind; null where there is none
 * @throws JobFailure unknown_field, wrong_value
 */
export function checkedCorrection(
  { documents }: Pick<Extraction, 'documents'>,
  { document: index, field: path, value: given }: Pick<CorrectionBody, 'document' | 'field' | 'value'>,
  earlier: readonly Pick<Correction, 'document' | 'field'>[] = [],
): { old: FieldValue | null; value: FieldValue | null } {
  const document = documents[index]
  if (!document) throw unknown(`documents[${index}]`)
  const added = earlier.filter((each) => each.document === index).map(({ field }) => field)
  const kind = fieldKindAt(path)
  if (!kind || !isReachable(document, path, added)) throw unknown(`documents[${index}].${path}`)
  const old = kind === 'documentType' ? document.documentType : (fieldAt(document, path)?.value ?? null)
  if (given === null && kind !== 'documentType') return { old, value: null }
  const value = given === null ? undefined : correctedValue(kind, given, currencyAt(document, path, old))
  if (value === undefined) throw new JobFailure('wrong_value', `${path} is of the kind ${kind}`)
  return { old, value }
}

function unknown(what: string): JobFailure {
  return new JobFailure('unknown_field', what)
}

/**
 * Writes the newest correction of each field beside its value, into an extraction that is the caller's own.
 * @param corrections the oldest first
 * @returns those of what is no field of the extraction
 */
export function addCorrections({ documents }: Extraction, corrections: readonly Correction[]): Correction[] {
  const added: Correction[] = []
  for (const correction of newestOfEach(corrections)) {
    const { document: index, field: path, value, by, at } = correction
    const document = documents[index]
    const field = document && path !== 'documentType' ? fieldAt(document, path) : undefined
    if (field) Object.assign(field, { corrected: { value, by, at } })
    else added.push(correction)
  }
  return added
}

/** Of several corrections of one field the newest. @param corrections the oldest first */
export function newestOfEach<C extends Pick<Correction, 'document' | 'field'>>(
  corrections: readonly C[],
): C[] {
  return [...new Map(corrections.map((each) => [`${each.document} ${each.field}`, each])).values()]
}

function fieldAt(document: ExtractedDocument, path: FieldPath): AnyField | undefined {
  const found = stepsOf(path).reduce<unknown>(below, document)
  return isField(found) ? found : undefined
}

function below(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  return new Map<string, unknown>(Object.entries(value)).get(step)
}

/** Whether a field can stand at a place of a document: of its kind, and in a row that is there or comes next. */
function isReachable(document: ExtractedDocument, path: FieldPath, added: readonly FieldPath[]): boolean {
  const [root, ...steps] = stepsOf(path)
  if (root === 'documentType') return true
  if (document.kind === 'other' || root !== (document.kind === 'invoice' ? 'invoice' : 'statement'))
    return false
  let at: unknown = below(document, root)
  let prefix: string = root
  for (const step of steps) {
    const isIndex = /^\d+$/.test(step)
    if (isIndex && Number(step) > rowsAt(at, prefix, added)) return false
    prefix += isIndex ? `[${step}]` : `.${step}`
    at = below(at, step)
  }
  return true
}

function rowsAt(rows: unknown, path: string, added: readonly FieldPath[]): number {
  const there = Array.isArray(rows) ? rows.length : 0
  const others = added
    .filter((each) => each.startsWith(`${path}[`))
    .map((each) => Number.parseInt(each.slice(path.length + 1), 10) + 1)
  return Math.max(there, ...others)
}

/** The currency of an amount that names none: that of the value before, else that of the invoice or account. */
function currencyAt(document: ExtractedDocument, path: FieldPath, old: FieldValue | null): string | null {
  if (typeof old === 'object' && old?.currency) return old.currency
  if (document.kind === 'invoice') return document.invoice.currency?.value ?? null
  if (document.kind !== 'bank-statement') return null
  const account = /^statement\.accounts\[(\d+)\]/.exec(path)?.[1]
  return (account && document.statement.accounts[Number(account)]?.currency?.value) || null
}
