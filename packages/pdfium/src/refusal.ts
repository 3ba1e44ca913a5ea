import type { FailureCode } from '@pdf-smaller/contracts'

/** Why PDFium does not do what it was told; it works on. A thread that loads no schemas starts in a third of the time. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: FailureCode

  constructor(code: FailureCode, why: string) {
    super(why)
    this.code = code
  }
}
