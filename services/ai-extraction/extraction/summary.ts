import {
  type AnyField,
  type DocumentSummary,
  type EngineRun,
  type ExtractedDocument,
  type Extraction,
  type ExtractionResult,
  type Usage,
} from '@pdf-smaller/contracts/extraction'
import { fieldsIn } from '@pdf-smaller/extraction'

/** What of an extraction stands in the event of its end: nothing that a document says. */
export function summaryOf(extraction: Extraction, usage: Usage | undefined): ExtractionResult {
  const { kind, engine, documents, other } = extraction
  return {
    kind,
    engine,
    documents: documents.map(documentSummary),
    reconciled: reconciledOf(documents),
    ...(usage ? { usage } : {}),
    ...(other ? { compared: comparedTo(other.engine, other.comparison) } : {}),
  }
}

function comparedTo(
  engine: EngineRun,
  { same, changed, onlyLeft, onlyRight }: NonNullable<Extraction['other']>['comparison'],
): NonNullable<ExtractionResult['compared']> {
  return { engine, same, changed, onlyLeft, onlyRight }
}

function documentSummary(document: ExtractedDocument): DocumentSummary {
  const { documentType, pages, gate, reconciled, checks, choices } = document
  const failed = checks.filter(({ passed, severity }) => passed === false && severity === 'error')
  return {
    documentType,
    accepted: gate.accepted,
    pages: pages.length,
    rows: rowsOf(document),
    ...(document.kind === 'bank-statement' ? { accounts: document.statement.accounts.length } : {}),
    reconciled,
    failedChecks: [...new Set(failed.map(({ id }) => id))],
    choices: choices.map(({ name }) => name),
    fields: gradesOf(document),
    ...(document.kind === 'invoice' && document.embedded ? { embeddedAgrees: document.embedded.agrees } : {}),
  }
}

function rowsOf(document: ExtractedDocument): number {
  switch (document.kind) {
    case 'invoice':
      return document.invoice.lines.length
    case 'bank-statement':
      return document.statement.accounts.reduce((sum, { transactions }) => sum + transactions.length, 0)
    case 'other':
      return 0
    default:
      return document satisfies never
  }
}

function gradesOf(document: ExtractedDocument): DocumentSummary['fields'] {
  const fields = fieldsOf(document)
  const count = (wanted: AnyField['grade']) => fields.filter(({ grade }) => grade === wanted).length
  return {
    certain: count('certain'),
    high: count('high'),
    medium: count('medium'),
    low: count('low'),
    ungrounded: fields.filter(({ grounded }) => !grounded).length,
  }
}

function fieldsOf(document: ExtractedDocument): AnyField[] {
  if (document.kind === 'other') return []
  const [value, path] =
    document.kind === 'invoice' ? [document.invoice, 'invoice'] : [document.statement, 'statement']
  return fieldsIn(value, path).map(({ field }) => field)
}

/** Of what was asked for alone: a page of something else in the same file is not to be reconciled. */
function reconciledOf(documents: readonly ExtractedDocument[]): boolean | null {
  const accepted = documents.filter(({ gate }) => gate.accepted)
  if (accepted.some(({ reconciled }) => reconciled === false)) return false
  return accepted.length > 0 && accepted.every(({ reconciled }) => reconciled) ? true : null
}
