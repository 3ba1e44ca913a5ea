import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import {
  type Dictionary,
  inherited,
  type InspectedPdf,
  type PdfStream,
  walk,
  without,
} from '@pdf-smaller/pdf'
import { shownText } from './invisible-text.ts'

const unpack = promisify(inflate)

/** Contents that unpack to more are none that an OCR layer was added to. */
const mostBytes = 64 * 2 ** 20
/** A page number or a stamp does not make a scan a page with text of its own. */
const mostVisible = 10

/** What an earlier text recognition left on a page, and how it is taken away. */
export type OldLayer = { remove: () => Promise<void> }

type Changed = { reference: string | undefined; dictionary: Dictionary; content: Buffer }

/** The pages that an earlier text recognition left text on. */
export async function oldLayers(
  document: InspectedPdf,
  pages: readonly number[],
): Promise<Map<number, OldLayer>> {
  const layers = new Map<number, OldLayer>()
  for (const page of pages) {
    const layer = await oldLayerOf(document, page)
    if (layer) layers.set(page, layer)
  }
  return layers
}

/**
 * The invisible text of a page; undefined where there is none, where the page also has text that is seen, and where its
 * contents cannot be unpacked here.
 */
async function oldLayerOf(
  { copy, pageReferences }: InspectedPdf,
  page: number,
): Promise<OldLayer | undefined> {
  const reference = pageReferences[page - 1] ?? ''
  const dictionary = copy.dictionary(reference)
  const contents = copy.resolve(dictionary['/Contents'])
  const streams = (Array.isArray(contents) ? contents : [dictionary['/Contents']]).map(copy.stream)
  const parts = await Promise.all(streams.map(async (stream) => stream && plain(stream)))
  const known = parts.filter((part) => part !== undefined)
  if (known.length < parts.length) return undefined
  const whole = Buffer.concat(known.flatMap((part) => [part, Buffer.from('\n')]))
  const changed: Changed[] = [{ reference: undefined, dictionary: {}, content: whole }]
  if (!(await collectForms(inherited(copy, reference, '/Resources'), changed))) return undefined
  const texts = changed.map((each) => ({ ...each, ...shownText(each.content) }))
  const sum = (key: 'visible' | 'invisible') => texts.reduce((total, text) => total + text[key], 0)
  if (sum('invisible') === 0 || sum('visible') > mostVisible) return undefined
  return {
    remove: async () => {
      for (const { reference: form, dictionary: own, without: rest, content } of texts) {
        if (rest === content) continue
        if (form) await copy.putStream(form, without(own, '/Filter', '/DecodeParms'), rest)
        else {
          const stream = await copy.addStream({}, rest)
          copy.put(reference, { value: { ...dictionary, '/Contents': stream } })
        }
      }
    },
  }

  /** @returns whether all forms could be unpacked */
  async function collectForms(resources: unknown, into: Changed[]): Promise<boolean> {
    const formsIn = (from: unknown) =>
      Object.values(copy.dictionary(copy.dictionary(from)['/XObject'])).filter(
        (each) => copy.stream(each)?.dictionary['/Subtype'] === '/Form',
      )
    const below = (form: unknown) => formsIn(copy.dictionary(form)['/Resources'])
    for (const reference of walk(formsIn(resources), below, { of: 'forms', isTree: true })) {
      const form = copy.stream(reference)
      const content = form && (await plain(form))
      if (!content) return false
      into.push({ reference: form.reference, dictionary: form.dictionary, content })
    }
    return true
  }

  /** The bytes of a stream with no filter or Flate alone. */
  async function plain(stream: PdfStream): Promise<Buffer | undefined> {
    const filter = copy.resolve(stream.dictionary['/Filter'])
    const filters = Array.isArray(filter) ? filter.map(copy.resolve) : filter === undefined ? [] : [filter]
    const raw = await copy.read(stream)
    if (filters.length === 0) return raw
    const isFlate = filters.length === 1 && filters[0] === '/FlateDecode'
    if (!isFlate || stream.dictionary['/DecodeParms'] !== undefined) return undefined
    return unpack(raw, { maxOutputLength: mostBytes }).catch(() => undefined)
  }
}
