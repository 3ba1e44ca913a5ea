import { randomUUID } from 'node:crypto'
import { JobFailure, type JobView, type ObjectRef } from '@pdf-smaller/contracts'
import type { Correction, CorrectionBody, StoredCorrection } from '@pdf-smaller/contracts/extraction'
import type { Reason } from '@pdf-smaller/domain'
import { StoreUnavailable } from '@pdf-smaller/eventstore'
import { command } from '@pdf-smaller/platform'
import { uuidv7 } from 'uuidv7'
import { type Context, source } from '../context.ts'
import { refuseWhenFull } from '../intake/room.ts'
import { correctedEvents, toldCorrection } from './corrections.ts'
import type { WorkOn } from './extraction/work-on.ts'
import { addressOf } from './find.ts'
import { readExtraction } from './read-extraction.ts'
import { seen } from './seen.ts'

/**
 * Notes what a person says of a field: the values in a file of the job, then the event that names it. A crash between
 * the two leaves a file that goes with the others of the job.
 * @throws FailedJob; JobFailure unknown_field, wrong_value, too_many_corrections, and as readExtraction; StoreUnavailable,
 * StoreFull, ObjectStoreError
 */
export async function correctField(
  context: Context,
  workOn: WorkOn,
  job: JobView,
  { document, field, value: given, note }: CorrectionBody,
  { by, traceparent }: { by: string; traceparent: string },
): Promise<Correction> {
  const earlier = (await correctedEvents(context, job)).map(({ data }) => data)
  const values = await workOn('check', async () => ({
    extraction: await readExtraction(context, job),
    correction: { document, field, value: given },
    earlier,
  }))
  const said = { document, field, ...values, ...(note ? { note } : {}) }
  const stored: StoredCorrection = { schemaVersion: 1, ...said, salt: randomUUID() }
  await refuseWhenFull(context.store)
  const object = await put(context, job, stored)
  const correct = { type: 'Correct', document, field, by, object } as const
  try {
    const done = await command(context.store, addressOf(job), correct, { source, traceparent }, { job })
    if (done.kind === 'nothing') throw refusal(done.because)
    const { revision, corrections: number = 1 } = done.job
    await seen(context.projection, revision)
    const recorded = await context.store.readAt(revision)
    const at = recorded?.event.time ?? context.clock().toISOString()
    return toldCorrection(stored, { number, by, at })
  } catch (error) {
    // The event may have been stored all the same, so its object has to stay.
    if (!(error instanceof StoreUnavailable)) await remove(context, job, object)
    throw error
  }
}

async function put(
  { objects }: Context,
  { tenant, id }: JobView,
  stored: StoredCorrection,
): Promise<ObjectRef> {
  const name = 'correction.json'
  const key = `${tenant}/${id}/corrections/${uuidv7()}/${name}`
  return objects.put(key, [Buffer.from(JSON.stringify(stored))], { name, contentType: 'application/json' })
}

async function remove({ objects, log }: Context, { id }: JobView, { key }: ObjectRef): Promise<void> {
  try {
    await objects.remove(key)
  } catch (error) {
    log.warn(
      { jobId: id, err: error },
      'the file of a correction that was refused stays until the job expires',
    )
  }
}

/** Something else happened to the job meanwhile. */
function refusal(because: Reason): JobFailure {
  if (because === 'full') return new JobFailure('too_many_corrections')
  return new JobFailure(because === 'expired' ? 'file_expired' : 'unknown_job')
}
