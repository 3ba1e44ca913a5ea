import {
  type Dictionary,
  inherited,
  type InspectedPdf,
  isDictionary,
  type PdfStream,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import { plain } from '../plain.ts'
import { requestsOf } from './operators.ts'
import { isPostScript, newUsage, type Usage } from './usage.ts'

/** Reads the contents of all pages, and all that they draw: forms, patterns, letters, masks and annotations. */
export async function usageOf({ copy, pageReferences }: InspectedPdf, signal: AbortSignal): Promise<Usage> {
  const usage = newUsage()
  const { contentOf, walk, walkStream } = contentsWalker(copy, usage)
  for (const page of pageReferences) {
    signal.throwIfAborted()
    const dictionary = copy.dictionary(page)
    const own = dictionary['/Resources']
    const resources = own ?? inherited(copy, page, '/Resources')
    if (own === undefined && resources !== undefined) usage.borrowed.set(dictionary, resources)
    const contents = copy.resolve(dictionary['/Contents'])
    const streams = (Array.isArray(contents) ? contents : [dictionary['/Contents']]).map(copy.stream)
    const parts: Buffer[] = []
    for (const stream of streams) if (stream) parts.push(await contentOf(stream), Buffer.from('\n'))
    await walk(Buffer.concat(parts), { resources, object: page, mode: 0 })
    for (const annotation of copy.array(dictionary['/Annots']))
      for (const appearance of appearancesOf(annotation)) await walkStream(appearance, undefined, 0)
  }
  return usage

  function appearancesOf(annotation: unknown): unknown[] {
    const normal = copy.dictionary(copy.dictionary(annotation)['/AP'])['/N']
    return copy.stream(normal) ? [normal] : Object.values(copy.dictionary(normal))
  }
}

/** Adds what contents use to `usage`; each stream is read once for each rendering mode. */
function contentsWalker(copy: WorkingCopy, usage: Usage) {
  const seen = new Set<string>()
  return { contentOf, walk, walkStream }

  async function contentOf(stream: PdfStream): Promise<Buffer> {
    const content = await plain(stream, copy, copy.read)
    if (content) return content
    usage.findings.push({ clause: '6.2.2', says: 'contents cannot be unpacked', object: stream.reference })
    return Buffer.alloc(0)
  }

  async function walk(
    content: Buffer,
    { resources, object, mode }: { resources: unknown; object: string; mode: number },
  ): Promise<boolean> {
    const requests = requestsOf(content, mode)
    for (const each of requests.broken) usage.findings.push({ ...each, object })
    usage.cmyk ||= requests.cmyk
    const dictionary = copy.dictionary(resources)
    if (isDictionary(copy.resolve(resources))) usage.resources.add(dictionary)
    const of = (kind: string, name: string) => copy.dictionary(dictionary[kind])[name]
    for (const font of requests.texts) await showText(copy.dictionary(of('/Font', font)), resources)
    for (const { name, mode: at } of requests.drawn) await walkStream(of('/XObject', name), resources, at)
    for (const name of requests.states) {
      const state = copy.dictionary(of('/ExtGState', name))
      await walkStream(copy.dictionary(state['/SMask'])['/G'], resources, 0)
    }
    for (const name of requests.patterns) await walkStream(of('/Pattern', name), resources, 0)
    return requests.needsResources
  }

  /** A form, a tiling pattern or the drawing of a letter. */
  async function walkStream(value: unknown, outer: unknown, mode: number, own?: unknown): Promise<void> {
    const stream = copy.stream(value)
    if (!stream || stream.dictionary['/Subtype'] === '/Image' || isPostScript(stream.dictionary)) return
    const key = `${stream.reference} ${mode}`
    if (seen.has(key)) return
    seen.add(key)
    const resources = stream.dictionary['/Resources'] ?? own
    const how = { resources: resources ?? outer, object: stream.reference, mode }
    const needsResources = await walk(await contentOf(stream), how)
    if (resources === undefined && needsResources) usage.borrowed.set(stream.dictionary, outer)
  }

  async function showText(font: Dictionary, outer: unknown): Promise<void> {
    if (usage.fonts.has(font)) return
    usage.fonts.add(font)
    if (font['/Subtype'] !== '/Type3') return
    const letters = Object.values(copy.dictionary(font['/CharProcs']))
    for (const letter of letters) await walkStream(letter, outer, 0, font['/Resources'])
  }
}
