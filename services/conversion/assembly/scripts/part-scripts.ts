import type { PartScripts } from '../new-names.ts'
import {
  decode,
  type Dictionary,
  isReference,
  orAsItIs,
  reachedFrom,
  stringValue,
  textStringOf,
  treeEntries,
} from '@pdf-smaller/pdf'
import { fieldName, freeName } from '../fields.ts'
import { hasForm } from '../form.ts'
import type { SelectedPart } from '../selection.ts'
import type { Source } from '../source.ts'
import { declaredIn, renamedScript, type ScriptNames } from './renamed-script.ts'

const unchanged = (): PartScripts => ({
  changed: () => undefined,
  told: { changed: 0, unsure: new Set() },
})

/** Unpacked; longer ones are told of, and not changed. */
const longestScript = 4 * 1024 * 1024
/** Characters by which people know a script again. */
const shown = 80

/**
 * @param renamed what of the part is called otherwise, and whether other fields stand beside its own
 * @param declared what scripts of the parts before it declare for all, and by which script
 */
export async function partScripts(
  part: SelectedPart,
  renamed: Pick<ScriptNames, 'fields' | 'destinations'> & { isShared: boolean },
  declared: Map<string, string>,
): Promise<PartScripts> {
  if (!renamed.isShared || !hasForm(part)) return unchanged()
  const texts = await streamedScripts(part.source)
  const textIn = (script: unknown) =>
    textStringOf(part.source.document.copy.resolve(script)) ?? texts.get(script)
  const names: ScriptNames = {
    fields: renamed.fields,
    destinations: destinationTexts(renamed.destinations),
    variables: variableNaming(part.source, textIn, declared),
    all: topNames(part, renamed.fields),
  }
  const told = { changed: 0, unsure: new Set<string>() }
  return {
    told,
    changed: (script) => {
      const text = textIn(script)
      if (text === undefined) {
        told.unsure.add('a script that cannot be unpacked')
        return undefined
      }
      const { text: now, isSure } = renamedScript(text, names)
      if (!isSure) told.unsure.add(text.trim().replaceAll(/\s+/g, ' ').slice(0, shown))
      if (now === text) return undefined
      told.changed++
      return now
    },
  }
}

/** The texts of scripts that stand in streams of their own, by their references. */
async function streamedScripts(source: Source): Promise<Map<unknown, string>> {
  const { copy } = source.document
  const texts = new Map<unknown, string>()
  const isApart = (reference: string) =>
    source.pageIndex.has(reference) ||
    source.annotationPage.has(reference) ||
    source.fields.all.has(reference)
  for (const each of reachedFrom(copy, actionsIn(source), (reference) => !isApart(reference))) {
    const { '/JS': script } = 'dictionary' in each ? each.dictionary : {}
    const stream = isReference(script) && !texts.has(script) ? copy.stream(script) : undefined
    if (!stream) continue
    const raw = await copy.read(stream)
    const bytes = await orAsItIs(() => decode(raw, stream.dictionary, copy, longestScript))
    const text = bytes && textStringOf(stringValue(Buffer.from(bytes)))
    if (text !== undefined) texts.set(script, text)
  }
  return texts
}

/** What may lead to scripts: the actions of pages, fields and other annotations, and those of the document. */
function actionsIn(source: Source): unknown[] {
  const { copy, pageReferences } = source.document
  const holders = [...source.fields.all, ...source.annotationPage.keys(), ...pageReferences]
  const actions = holders.flatMap((holder) => {
    const { '/A': action, '/AA': more } = copy.dictionary(holder)
    return [action, more].filter((each) => each !== undefined)
  })
  return [...actions, ...Array.from(documentScripts(source), ([, action]) => action)]
}

/** The scripts that a document runs when it is opened, by their names. */
export function* documentScripts({ document: { copy } }: Source): Generator<[name: string, Dictionary]> {
  const names = copy.dictionary(copy.dictionary(copy.trailer['/Root'])['/Names'])
  for (const [name, action] of treeEntries(copy, names['/JavaScript'], '/Names'))
    yield [textStringOf(name) ?? '', copy.dictionary(action)]
}

/** What the document's scripts declare, and other scripts of parts before it otherwise. */
function variableNaming(
  source: Source,
  textIn: (script: unknown) => string | undefined,
  declared: Map<string, string>,
): Map<string, string> {
  const renamed = new Map<string, string>()
  const own = new Map<string, string>()
  for (const [, action] of documentScripts(source)) {
    const text = textIn(action['/JS']) ?? ''
    for (const name of declaredIn(text)) own.set(name, text)
  }
  for (const [name, text] of own) {
    const free = freeName(name, declared, own)
    declared.set(free, text)
    if (free !== name) renamed.set(name, free)
  }
  return renamed
}

function destinationTexts(destinations: ReadonlyMap<string, string>): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [name, free] of destinations) {
    const [before, after] = [name.startsWith('/') ? name.slice(1) : textStringOf(name), textStringOf(free)]
    if (before !== undefined && after !== undefined && before !== after) texts.set(before, after)
  }
  return texts
}

function topNames({ source, selection }: SelectedPart, renamed: ReadonlyMap<string, string>): string[] {
  const kept = source.fields.roots.filter((root) => selection.fields.has(root))
  const names = kept.map((root) => fieldName(source.document.copy, root)).filter((name) => name !== '')
  return [...new Set(names)].map((name) => renamed.get(name) ?? name)
}
