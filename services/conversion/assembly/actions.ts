import {
  type Dictionary,
  isDictionary,
  isReference,
  textStringOf,
  textValue,
  without,
} from '@pdf-smaller/pdf'
import { fieldName, fullName } from './fields.ts'
import type { FieldRenaming } from './new-names.ts'
import { renamedField } from './scripts/renamed-script.ts'
import type { SelectedPart } from './selection.ts'
import type { Source } from './source.ts'

/** Changes a dictionary of a source, wherever it stands, so that it does in the new document what it did in the source. */
export type AdaptAction = (dictionary: Dictionary) => Dictionary

/** For actions (ISO 32000-1, 12.6) and locks on fields (12.7.4.5): they name places and fields of the whole document. */
export function actionAdapter(part: SelectedPart, fields: FieldRenaming): AdaptAction {
  const { copy } = part.source.document
  const kinds = new Map<unknown, AdaptAction>([
    ['/GoTo', (action) => adaptedGoTo(action, part)],
    ['/SubmitForm', withFields],
    ['/ResetForm', withFields],
    ['/Thread', withThread],
    ['/Hide', (action) => ({ ...action, '/T': namedIn(action['/T']) })],
    ['/JavaScript', withScript],
    ['/Rendition', withScript],
  ])
  return (dictionary) => {
    const { '/S': kind, '/Fields': locked } = dictionary
    if (kind !== undefined) return kinds.get(kind)?.(dictionary) ?? dictionary
    return Array.isArray(locked) && dictionary['/Action'] !== undefined
      ? { ...dictionary, '/Fields': named(locked) }
      : dictionary
  }

  function withThread(action: Dictionary): Dictionary {
    const isInside = action['/F'] === undefined
    return isInside ? { ...action, '/D': part.source.threads.meant(action['/D']) } : action
  }

  function withScript(action: Dictionary): Dictionary {
    const { '/JS': script } = action
    const changed = script === undefined ? undefined : fields.scripts.changed(script)
    return changed === undefined ? action : { ...action, '/JS': textValue(changed) }
  }

  /** Without a list all fields are meant: those of the part. */
  function withFields(action: Dictionary): Dictionary {
    const { source, selection } = part
    const flags = copy.number(action['/Flags'])
    const isExcluding = action['/Fields'] !== undefined && (flags & 1) === 1
    const listed = copy.array(action['/Fields'])
    if (action['/Fields'] !== undefined && (!isExcluding || !fields.isShared))
      return { ...action, '/Fields': named(listed.filter(cameAlong)) }
    if (!fields.isShared) return action
    const rest = fieldsBut(source, listed).filter((field) => selection.fields.has(field))
    return { ...action, '/Fields': rest, '/Flags': flags & ~1 }
  }

  function cameAlong(field: unknown): boolean {
    return !isReference(field) || part.selection.fields.has(field)
  }

  function named(list: readonly unknown[]): unknown[] {
    return fields.names.size > 0 ? list.map(nameOf) : [...list]
  }

  function namedIn(value: unknown): unknown {
    const resolved = copy.resolve(value)
    return Array.isArray(resolved) ? named(resolved) : isDictionary(resolved) ? value : nameOf(value)
  }

  function nameOf(value: unknown): unknown {
    const name = textStringOf(copy.resolve(value))
    const now = name === undefined ? undefined : renamedField(name, fields.names)
    return now === undefined || now === name ? value : textValue(now)
  }
}

/** Leads to the part's own page, by whatever name; to none where the page did not come along. */
function adaptedGoTo(action: Dictionary, { source, selection }: SelectedPart): Dictionary {
  const destination = source.destinations.explicit(action['/D'])
  const isThere = destination && selection.has(destination[0])
  const structure = isThere ? structureOf(action, { source, selection }) : undefined
  const rest = without(action, '/D', '/SD')
  return {
    ...rest,
    ...(isThere ? { '/D': destination } : {}),
    ...(structure ? { '/SD': structure } : {}),
  }
}

/** The element of the structure that an action leads to (ISO 32000-2, 12.3.2.3); undefined where it has none there. */
export function structureOf(
  action: Dictionary,
  { source, selection }: Pick<SelectedPart, 'source' | 'selection'>,
): unknown[] | undefined {
  const { destinations, tags, document } = source
  const [element, ...view] = document.copy.array(action['/SD'] ?? destinations.structures.get(action['/D']))
  const reference = isReference(element) ? element : tags?.ids.get(element)
  return reference !== undefined && selection.elements.has(reference) ? [reference, ...view] : undefined
}

/** The fields of a document but some and those below them, each as high as it stands for all below it. */
function fieldsBut({ document: { copy }, fields }: Source, excluded: readonly unknown[]): string[] {
  const references = new Set(excluded.filter(isReference))
  const names = new Set(excluded.map((each) => textStringOf(copy.resolve(each))))
  const isOut = (field: string) =>
    references.has(field) || (names.size > 0 && names.has(fullName(copy, field)))
  const out = new Set<unknown>()
  const above = new Set<unknown>()
  for (const field of fields.all) {
    if (fieldName(copy, field) === '' || !isOut(field)) continue
    out.add(field)
    for (
      let next: unknown = copy.dictionary(field)['/Parent'];
      isReference(next) && !above.has(next);
      next = copy.dictionary(next)['/Parent']
    )
      above.add(next)
  }
  const kept: string[] = []
  const waiting = [...fields.roots]
  const seen = new Set<string>()
  for (const field of waiting) {
    if (seen.has(field) || out.has(field)) continue
    seen.add(field)
    if (above.has(field)) waiting.push(...copy.array(copy.dictionary(field)['/Kids']).filter(isReference))
    else kept.push(field)
  }
  return kept
}
