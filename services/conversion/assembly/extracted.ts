import type { Renaming } from './new-names.ts'
import type { SelectedPart } from './selection.ts'

/** Pages of a source on their way into a new document. */
export type Extract = {
  part: SelectedPart
  renaming: Renaming
  /** The new pages. */
  pages: string[]
  /** A value of the source as it reads in the new document, with everything that it leads to. */
  copied: (value: unknown) => unknown
  /** Numbers of the parent tree that came along, as the source has them. */
  structNumbers: Set<number>
  /** Whether an object of the source came along. */
  cameAlong: (reference: string) => boolean
  links: { kept: number; dropped: number }
}
