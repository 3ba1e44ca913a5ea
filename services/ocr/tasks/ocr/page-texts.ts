import { contentsOf, type Dictionary, ownerOf, pageOwner, type WorkingCopy } from '@pdf-smaller/pdf'
import { type ShownText, shownText } from './invisible-text.ts'

/** Contents that a page shows: its own, or those of a form that it draws. */
export type Drawn = {
  /** What text of them is known by: its streams, and whether text is unseen where they begin. */
  key: string
  /** That of the page or form. */
  reference: string
  dictionary: Dictionary
  streams: readonly string[]
  unseen: boolean
  /** Those that its names are looked up in; a form without any has those of what draws it. */
  resources: unknown
  text: ShownText
}

/** Gives what a page shows, its own contents first; undefined where some of them cannot be unpacked. */
export type ReadTexts = (page: string) => Promise<Drawn[] | undefined>

/** Reads each piece of contents once, however many pages show it. */
export function textReader(copy: WorkingCopy): ReadTexts {
  const known = new Map<string, Promise<ShownText | undefined>>()
  return async (page) => {
    const pieces = new Map<string, Drawn>()
    const { dictionary, resources, streams } = pageOwner(page, copy)
    const waiting = [{ reference: page, dictionary, resources, streams, unseen: false }]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const key = `${next.streams.join(' ')} ${next.unseen}`
      if (pieces.has(key)) continue
      const text = await (known.get(key) ?? remembered(key, next.streams, next.unseen))
      if (!text) return undefined
      pieces.set(key, { ...next, key, text })
      for (const { name, unseen } of text.drawn) {
        const form = formNamed(name, next.resources)
        if (form) waiting.push({ ...form, resources: form.resources ?? next.resources, unseen })
      }
    }
    return [...pieces.values()]
  }

  function remembered(key: string, streams: readonly string[], unseen: boolean) {
    const reading = contentsOf({ streams: [...streams] }, copy).then((contents) => {
      if (!contents) return undefined
      const { without: _, ...told } = shownText(contents, unseen)
      return told
    })
    known.set(key, reading)
    return reading
  }

  function formNamed(name: string, resources: unknown) {
    const stream = copy.stream(copy.dictionary(copy.dictionary(resources)['/XObject'])[name])
    const owner = stream && ownerOf(stream.dictionary, stream.reference, copy)
    return owner?.kind === 'form' ? owner : undefined
  }
}
