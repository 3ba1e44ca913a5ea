import type { JobView } from '@pdf-smaller/contracts'
import {
  type ExtractedDocument,
  Extraction,
  type ExtractionResult,
  type Invoice,
} from '@pdf-smaller/contracts/extraction'
import { concludeInvoice } from '@pdf-smaller/extraction'
import { measures } from '@pdf-smaller/contracts/testing/measures'
import { goodInvoice } from '@pdf-smaller/extraction/testing/made'
import { act, type Replica, start } from './harness.ts'

/** An invoice that adds up, as an engine would have read it. */
export function readInvoice(change: (invoice: Invoice) => void = () => {}): ExtractedDocument {
  const invoice = goodInvoice()
  change(invoice)
  return concludeInvoice(
    {
      documentType: 'invoice',
      pages: [1],
      gate: { accepted: true, confidence: 0.9, reasons: [] },
      choices: [],
    },
    invoice,
  )
}

const result: ExtractionResult = {
  kind: 'invoice',
  engine: { name: 'rules' },
  documents: [],
  reconciled: true,
}

/** Plays the worker of an extraction: completes the job with these documents. */
export async function extracted(
  replica: Replica,
  job: JobView,
  documents: ExtractedDocument[] = [readInvoice()],
  content?: string,
): Promise<JobView> {
  const { attempt } = await start(replica, job)
  const extraction = Extraction.parse({
    schemaVersion: 1,
    kind: 'invoice',
    engine: { name: 'rules' },
    documents,
    notes: [],
  })
  const key = `${job.tenant}/${job.id}/out/${attempt}/0-extraction.json`
  const file = { name: 'extraction.json', contentType: 'application/json' }
  const bytes = Buffer.from(content ?? JSON.stringify(extraction))
  const output = await replica.objects.put(key, [bytes], file)
  return act(replica, job, { type: 'Complete', attempt, outputs: [output], result, measures })
}
