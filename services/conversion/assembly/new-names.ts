import type { Destination } from '@pdf-smaller/pdf'
import type { Dictionary } from '@pdf-smaller/pdf'
import type { UsedResources } from '@pdf-smaller/pdf'
import type { MadeAppearances } from './appearances/made-appearances.ts'

export type FieldRenaming = {
  /** Fields without a parent, by their reference. */
  roots: ReadonlyMap<string, string>
  /** The same by their names as they were. */
  names: ReadonlyMap<string, string>
  /** Fonts of the form, as the appearance strings name them. */
  fonts: ReadonlyMap<string, string>
  /** Whether fields of another part stand beside these. */
  isShared: boolean
  scripts: PartScripts
  appearances: MadeAppearances
}

/** What of a part stands under other names in a new document than in its source. */
export type Renaming = {
  /** What of its resources the part uses. */
  drawn: UsedResources
  /** Added to the numbers in StructParent and StructParents. */
  structOffset: number
  /** What stands over the elements of the structure in the new document. */
  structRoot: string | undefined
  /** Structure types. */
  roles: ReadonlyMap<unknown, string>
  /** Names of elements of the structure. */
  ids: ReadonlyMap<string, string>
  fields: FieldRenaming
  /** Named destinations whose pages come along, as strings hold them. */
  destinations: ReadonlyMap<string, string>
  /** Where a link to another file leads when that file is a part, too. */
  across: (action: Dictionary) => Destination | undefined
}

/** The scripts of a part on their way into a new document. */
export type PartScripts = {
  /** A script as it has to read there, as a string or stream that holds it; undefined where it stays as it is. */
  changed: (script: unknown) => string | undefined
  /** How many were changed, and the beginnings of those that may name fields in ways that cannot be followed. */
  told: { changed: number; unsure: Set<string> }
}
