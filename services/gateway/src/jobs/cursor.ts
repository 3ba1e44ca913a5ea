import { JobFailure } from '@pdf-smaller/contracts'

/** Where a page of jobs ends, in the form that is given out: clients need not know what it is. */
export function writeCursor(sequence: number): string {
  return Buffer.from(`before ${sequence}`).toString('base64url')
}

/** @throws JobFailure invalid_request */
export function readCursor(cursor: string): number {
  const sequence = /^before (\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  if (sequence === undefined) throw new JobFailure('invalid_request', 'the cursor is not one of this list')
  return Number(sequence)
}
