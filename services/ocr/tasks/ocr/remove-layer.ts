import { contentsOf, deflated, type Dictionary, without, type WorkingCopy } from '@pdf-smaller/pdf'
import { shownText } from './invisible-text.ts'
import type { Drawn } from './page-texts.ts'

/**
 * Takes unseen text off pages. Forms that other pages may show stay as they are: the page gets its own in their place,
 * one for all pages that it is taken off.
 * @returns takes what a page shows, its own contents first
 */
export function layerRemover(copy: WorkingCopy): (drawn: readonly Drawn[]) => Promise<void> {
  /** The contents of a page without it, and the forms without it, by their key. */
  const bare = new Map<string, string>()
  return async ([page, ...forms]) => {
    if (!page) return
    const changed = changedAmong(forms)
    const added = [...changed].filter(({ key }) => !bare.has(key))
    for (const { key } of added) bare.set(key, copy.add({ value: null }))
    const places = new Map([...changed].map(({ reference, key }) => [reference, bare.get(key) ?? '']))
    const renewed = renewedResources(places)
    for (const form of added) {
      // Names of a form without resources are looked up in those of what draws it.
      const resources = form.dictionary['/Resources'] === undefined ? {} : renewed(form.resources)
      const entries = without(form.dictionary, '/Filter', '/DecodeParms')
      const dictionary = { ...entries, ...resources, '/Filter': '/FlateDecode' }
      await copy.putStream(bare.get(form.key) ?? '', dictionary, await deflated(await contentsWithout(form)))
    }
    const own = copy.dictionary(page.reference)
    const value = { ...own, ...renewed(page.resources), ...(await contentsEntry(page)) }
    copy.put(page.reference, { value })
  }

  async function contentsWithout({ streams, unseen }: Drawn): Promise<Buffer> {
    const contents = (await contentsOf({ streams: [...streams] }, copy)) ?? Buffer.alloc(0)
    return shownText(contents, unseen).without()
  }

  async function contentsEntry(page: Drawn): Promise<Dictionary> {
    if (page.text.invisible === 0) return {}
    const known = bare.get(page.key)
    const packed = { '/Filter': '/FlateDecode' }
    const stream = known ?? (await copy.addStream(packed, await deflated(await contentsWithout(page))))
    bare.set(page.key, stream)
    return { '/Contents': stream }
  }

  /** Resources with other forms in the place of those that change; nothing where none does. */
  function renewedResources(places: ReadonlyMap<string, string>): (resources: unknown) => Dictionary {
    const known = new Map<unknown, Dictionary>()
    const placeOf = (value: unknown) => (typeof value === 'string' ? places.get(value) : undefined)
    return (resources) => {
      const there = known.get(resources)
      if (there) return there
      const own = copy.dictionary(resources)
      const objects = Object.entries(copy.dictionary(own['/XObject']))
      const moved = objects.map(([name, value]) => [name, placeOf(value) ?? value])
      const value = { ...own, '/XObject': Object.fromEntries(moved) }
      const isSame = !objects.some(([, each]) => placeOf(each))
      const renewed: Dictionary = isSame ? {} : { '/Resources': copy.add({ value }) }
      known.set(resources, renewed)
      return renewed
    }
  }

  /** The forms that have unseen text, and those that lead to them. */
  function changedAmong(forms: readonly Drawn[]): Set<Drawn> {
    const above = new Map<unknown, Drawn[]>()
    for (const form of forms) {
      const objects = copy.dictionary(copy.dictionary(form.resources)['/XObject'])
      for (const { name } of form.text.drawn)
        above.set(objects[name], (above.get(objects[name]) ?? []).concat(form))
    }
    const changed = new Set(forms.filter(({ text }) => text.invisible > 0))
    for (const { reference } of changed) for (const form of above.get(reference) ?? []) changed.add(form)
    return changed
  }
}
