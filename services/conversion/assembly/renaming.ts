import type { Renaming } from './new-names.ts'
import { makeAppearances, noneMade } from './appearances/made-appearances.ts'
import { destinationNaming } from './destination-names.ts'
import { fieldRenaming, fontRenaming, hasForm, leavesLooks } from './form.ts'
import { partScripts } from './scripts/part-scripts.ts'
import type { SelectedPart } from './selection.ts'
import { idRenaming, roleRenaming, structNumbers } from './structure.ts'

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
