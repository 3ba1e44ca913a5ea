import { type EngineChoice, type ExtractedDocument, ExtractionKind } from '@pdf-smaller/contracts/extraction'
import type { DocumentTruth } from '@pdf-smaller/testing/extraction/truth'
import type { BenchDocument, SetName } from './bench-document.ts'
import { type Ask, readDocument } from './read-document.ts'
import { type Score, scoreOf } from './score.ts'

/** How one document of a set was read by one engine. */
export type Measured = {
  name: string
  set: SetName
  engine: EngineChoice
  kind: DocumentTruth['kind']
  language: string
  isScan: boolean
  score: Score
  reconciled: boolean | null
  /** Called reconciled, though its figures do not add up or its XML contradicts it. */
  wronglyReconciled: boolean
  /** Called reconciled, though an amount in it was misread. */
  misreadReconciled: boolean
  /** Its figures add up, and it is not called reconciled. */
  missedReconciled: boolean
  /** Of a planted fault in a row: whether a failed check names that row or one beside it. */
  namesFault: boolean | undefined
  pages: number
  cpuSeconds: number
  /** Why it could not be read at all. */
  failure: string | undefined
}

/** Reads a document by both tasks, scores each of those that are in it, and whether the other task refuses it. */
export async function measure(document: BenchDocument, engine: EngineChoice, ask?: Ask): Promise<Measured[]> {
  const bytes = await document.bytes()
  const measured: Measured[] = []
  for (const kind of ExtractionKind.options) {
    const read = await readDocument(bytes, kind, engine, ask).catch((error: unknown) => String(error))
    const failure = typeof read === 'string' ? read : undefined
    const documents = typeof read === 'string' ? [] : read.extraction.documents
    const { pages, cpuSeconds } = typeof read === 'string' ? { pages: 0, cpuSeconds: 0 } : read
    for (const [index, truth] of truthsFor(document, kind).entries()) {
      const score = scoreOf(truth, documents[index])
      measured.push({
        ...verdictOf(document, truth, documents[index]),
        engine,
        score: failure === undefined ? score : { ...score, typeRight: false },
        pages: index === 0 ? pages : 0,
        cpuSeconds: index === 0 ? cpuSeconds : 0,
        failure,
      })
    }
  }
  return measured
}

/** What a task is to find: the documents of its kind; one of another kind is a trap to it, and a trap is one to both. */
function truthsFor({ truths }: BenchDocument, kind: ExtractionKind): DocumentTruth[] {
  const own = truths.filter((truth) => truth.kind === (kind === 'invoice' ? 'invoice' : 'statement'))
  if (own.length > 0) return own
  return truths.slice(0, 1).map((truth) => ({ ...truth, ...unscored, kind: 'trap' }))
}

const unscored = { reconciles: null, planted_fault: null }

function verdictOf(
  { name, set, mayReconcile }: BenchDocument,
  truth: DocumentTruth,
  found: ExtractedDocument | undefined,
) {
  const reconciled = found?.kind === 'other' ? null : (found?.reconciled ?? null)
  const wrong = truth.kind !== 'trap' && (truth.reconciles === false || !mayReconcile)
  const { cells } = scoreOf(truth, found)
  const misread = cells.some(({ field, right, found }) => !right && found !== null && isAmount(field))
  return {
    name,
    set,
    kind: truth.kind,
    language: truth.language,
    isScan: truth.scanned,
    reconciled,
    wronglyReconciled: wrong && reconciled === true,
    misreadReconciled: misread && reconciled === true,
    missedReconciled: truth.kind !== 'trap' && !wrong && truth.reconciles === true && reconciled !== true,
    namesFault: namesFault(truth, found),
  }
}

const amounts = /(net|gross|amount|balance|opening|closing|net_total|tax_total|gross_total)$/
const isAmount = (field: string) => amounts.test(field)

/** A fault of one digit, sign or order shows in the balances of its row or of the next. */
function namesFault(truth: DocumentTruth, found: ExtractedDocument | undefined): boolean | undefined {
  const fault = truth.planted_fault
  const rows = fault?.rows ?? (fault?.row === undefined ? [] : [fault.row])
  const hasBalances =
    truth.kind === 'statement' &&
    truth.accounts.every(({ transactions }) => transactions.every(({ balance }) => balance !== null))
  if (rows.length === 0 || !hasBalances) return undefined
  const failed = (found?.checks ?? []).filter(({ passed }) => passed === false)
  const named = failed.flatMap(({ at = [] }) =>
    at.flatMap((place) => /transactions\[(\d+)\]/.exec(place)?.[1] ?? []),
  )
  return (
    named.length > 0 &&
    named.length <= 4 &&
    named.some((row) => rows.some((own) => Math.abs(Number(row) - own) <= 1))
  )
}
