import {
  contentsOf,
  type Dictionary,
  type Owner,
  ownersIn,
  without,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import type { InspectedDocument } from '../../inspect.ts'
import { replaceDictionaries } from '../resources/replace.ts'
import { blackWhiteContent } from './content.ts'

/** Paint that lets half or more through vanishes, any other covers. */
const halfOpaque = 0.5

/**
 * Makes the contents of pages, forms, appearances of annotations and patterns black and white; images are made so when
 * they are encoded. Contents that cannot be unpacked and images within contents keep their colours.
 */
export async function turnBlackWhite(document: InspectedDocument, signal: AbortSignal): Promise<void> {
  const { copy } = document
  const changed = (dictionary: Dictionary) => opaque(dictionary, copy) ?? framedBlack(dictionary)
  await replaceDictionaries(copy, changed, signal)
  const done = new Map<string, string>()
  for (const owner of ownersIn(copy, document.pageReferences)) {
    signal.throwIfAborted()
    // A glyph takes the colour of its text, and a pattern without colours that of its area.
    const isColourless = owner.kind === 'font' || owner.dictionary['/PaintType'] === 2
    if (!isColourless) await turnContents(owner, copy, done)
  }
}

/** A graphics state that paints wholly or not at all; undefined for any other dictionary. */
function opaque(dictionary: Dictionary, copy: WorkingCopy): Dictionary | undefined {
  const isState = dictionary['/Type'] === '/ExtGState' || dictionary['/Subtype'] === undefined
  const partial = ['/ca', '/CA'].filter((key) => isPartial(dictionary[key]))
  if (!isState || partial.length === 0) return undefined
  const whole = partial.map((key) => [key, copy.number(dictionary[key]) < halfOpaque ? 0 : 1])
  return { ...dictionary, ...Object.fromEntries(whole) }
}

/** A link whose frame, which viewers draw themselves, is black. */
const framedBlack = (dictionary: Dictionary): Dictionary | undefined =>
  dictionary['/Subtype'] === '/Link' && Array.isArray(dictionary['/C']) && dictionary['/C'].length > 0
    ? { ...dictionary, '/C': [0] }
    : undefined

const isPartial = (value: unknown) => typeof value === 'number' && value > 0 && value < 1

/** @param done the new contents of what was turned, for pages that share theirs */
async function turnContents(owner: Owner, copy: WorkingCopy, done: Map<string, string>): Promise<void> {
  const { kind, reference, dictionary, streams } = owner
  const key = JSON.stringify([streams, owner.resources])
  const known = kind === 'page' ? done.get(key) : undefined
  const bytes = known ? undefined : await contentsOf(owner, copy)
  if (!bytes && !known) return
  const target = kind === 'page' ? (known ?? copy.add({ value: null })) : reference
  if (bytes) {
    const resources = copy.dictionary(owner.resources)
    const lookup = (of: string, name: string) => copy.dictionary(resources[of])[name]
    const turned = blackWhiteContent({ bytes, lookup, objects: copy, isForm: kind === 'form' })
    const own = kind === 'page' ? {} : without(dictionary, '/Filter', '/DecodeParms', '/Length')
    await copy.putStream(target, own, turned)
    done.set(key, target)
  }
  if (kind === 'page') copy.put(reference, { value: { ...copy.dictionary(reference), '/Contents': target } })
}
