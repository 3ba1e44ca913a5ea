import type { Destination, Dictionary, UsedResources } from '@pdf-smaller/pdf'
import { makeAppearances, type MadeAppearances, noneMade } from './appearances/made-appearances.ts'
import { destinationNaming } from './destination-names.ts'
import { fieldRenaming, fontRenaming, hasForm, leavesLooks } from './form.ts'
import { partScripts, type PartScripts } from './scripts/part-scripts.ts'
import type { SelectedPart } from './selection.ts'
import { idRenaming, roleRenaming, structNumbers } from './structure.ts'

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

/** How the parts read beside each other; what belongs to extraction alone is left out. */
export type Names = { part: SelectedPart } & Pick<
  Renaming,
  'roles' | 'ids' | 'fields' | 'destinations' | 'structOffset'
>

/** Gives whatever would mean something else beside the other parts a name of its own. */
export async function renamingOf(
  parts: readonly SelectedPart[],
): Promise<{ names: Names[]; roles: ReadonlyMap<string, unknown> }> {
  const roles = new Map<string, unknown>()
  const taken = {
    fields: new Set<string>(),
    fonts: new Map<string, string>(),
    ids: new Set<string>(),
    destinations: new Set<string>(),
    variables: new Map<string, string>(),
  }
  const withForm = parts.filter(hasForm)
  const isShared = withForm.length > 1
  const leaving = new Set(withForm.filter(leavesLooks))
  const isMixed = leaving.size < withForm.length
  const names: Names[] = []
  let structOffset = 0
  for (const part of parts) {
    const fields = fieldRenaming(part, taken.fields)
    const destinations = destinationNaming(part, taken.destinations)
    const renamed = { fields: fields.names, destinations, isShared }
    names.push({
      part,
      structOffset,
      roles: roleRenaming(part, roles),
      ids: idRenaming(part, taken.ids),
      destinations,
      fields: {
        ...fields,
        fonts: fontRenaming(part, taken.fonts),
        isShared,
        scripts: await partScripts(part, renamed, taken.variables),
        appearances: isMixed && leaving.has(part) ? await makeAppearances(part) : noneMade,
      },
    })
    structOffset += structNumbers(part)
  }
  return { names, roles }
}
