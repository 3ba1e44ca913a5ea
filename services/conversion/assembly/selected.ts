import type { Destination } from '@pdf-smaller/pdf'
import type { Dictionary } from '@pdf-smaller/pdf'
import type { Span } from './span.ts'

/** What of a source belongs to some of its pages. */
export type Selection = {
  /** Whether it is all pages. */
  isWhole: boolean
  /** Whether any of the pages may be among those of a span. */
  meets: (span: Span) => boolean
  /** Whether an object comes along; those that belong to no page in particular do. */
  has: (reference: string) => boolean
  /** The elements of the structure that come along. */
  elements: ReadonlySet<string>
  /** The fields that have a widget on the pages, and those above them. */
  fields: ReadonlySet<string>
  /** Where a link or an entry of the outline leads, seen from the pages. */
  lead: (from: Dictionary) => Lead
}

/**
 * To a page that comes along, to one that does not or to none at all, to a page of another file, or not to a page.
 */
export type Lead =
  | { kind: 'inside'; destination: Destination }
  | { kind: 'lost' }
  | { kind: 'nowhere' }
  | { kind: 'file'; action: Dictionary }
  | { kind: 'action' }
