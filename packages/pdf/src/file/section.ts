import type { Dictionary } from '../objects/pdf-objects.ts'
import type { Rows } from './entries.ts'

/** A part of the cross-reference information of a document (ISO 32000-1, 7.5.4 and 7.5.8), from one change of it. */
export type Section = { rows: Rows; trailer: Dictionary }
