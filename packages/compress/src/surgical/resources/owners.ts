import {
  type Dictionary,
  inherited,
  isReference,
  type Operand,
  operationsIn,
  type WorkingCopy,
  reachedFrom,
} from '@pdf-smaller/pdf'
import type { InspectedDocument } from '../../inspect.ts'
import { decode } from '../decode.ts'
import { orAsItIs } from '../or-as-it-is.ts'

/** What has contents that name resources: a page, a form, a tiling pattern, a Type 3 font. */
export type Owner = {
  kind: 'page' | 'form' | 'pattern' | 'font'
  reference: string
  dictionary: Dictionary
  resources: unknown
  streams: string[]
}

/** Longer contents are not read. */
const mostContentBytes = 32 * 1024 * 1024

/** All owners of resources that are objects of their own. */
export function ownersIn({ copy, pageReferences }: InspectedDocument): Owner[] {
  const owners: Owner[] = pageReferences.map((page) => {
    const dictionary = copy.dictionary(page)
    const { '/Contents': contents } = dictionary
    const streams = copy.stream(contents) ? [contents] : copy.array(contents)
    return {
      kind: 'page',
      reference: page,
      dictionary,
      resources: inherited(copy, page, '/Resources'),
      streams: streams.filter(isReference),
    }
  })
  for (const [reference, dictionary] of copy.dictionaries()) {
    const { '/Resources': resources } = dictionary
    const isForm = dictionary['/Subtype'] === '/Form'
    const own = { reference, dictionary, resources }
    if (isForm || dictionary['/PatternType'] === 1)
      owners.push({ kind: isForm ? 'form' : 'pattern', ...own, streams: [reference] })
    else if (dictionary['/Subtype'] === '/Type3') {
      const glyphs = Object.values(copy.dictionary(dictionary['/CharProcs']))
      owners.push({ kind: 'font', ...own, streams: glyphs.filter(isReference) })
    }
  }
  return owners
}

/** The contents of an owner, unpacked; undefined where they cannot be. */
export async function contentsOf({ streams }: Owner, copy: WorkingCopy): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = []
  for (const reference of streams) {
    const stream = copy.stream(reference)
    const raw = stream && (await copy.read(stream))
    const bytes = raw && (await orAsItIs(() => decode(raw, stream.dictionary, copy)))
    if (!bytes || bytes.length > mostContentBytes) return undefined
    parts.push(bytes, Buffer.from('\n'))
  }
  return Buffer.concat(parts)
}

/** All names that stand in the contents of an owner; undefined where they cannot be read. */
export async function namesOf(owner: Owner, copy: WorkingCopy): Promise<Set<string> | undefined> {
  const contents = await contentsOf(owner, copy)
  if (!contents) return undefined
  const names = new Set<string>()
  for (const operation of operationsIn(contents)) {
    if (operation.kind === 'unknown') return undefined
    if (operation.kind === 'operator') addNames(operation.operands, names)
  }
  return names
}

function addNames(operands: readonly Operand[], names: Set<string>): void {
  for (const operand of operands) {
    if (operand.kind === 'name') names.add(operand.name)
    else if (operand.kind === 'items') addNames(operand.items, names)
  }
}

/** Every dictionary of a document, those within other objects included. */
export function* everyDictionary(copy: WorkingCopy): Generator<Dictionary> {
  const contents = Array.from(copy.all.values(), (object) =>
    'value' in object ? object.value : object.dictionary,
  )
  for (const each of reachedFrom(copy, contents, () => false)) if ('dictionary' in each) yield each.dictionary
}
