import {
  contentsOf,
  type Dictionary,
  inherited,
  type InspectedPdf,
  isDictionary,
  type Owner,
  pageOwner,
  type PdfStream,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import { requestsOf } from './operators.ts'
import { isPostScript, newUsage, type Usage } from './usage.ts'

/** Reads the contents of all pages, and all that they draw: forms, patterns, letters, masks and annotations. */
export async function usageOf({ copy, pageReferences }: InspectedPdf, signal: AbortSignal): Promise<Usage> {
  const usage = newUsage()
  const { contentOf, walkContent, walkStream, finish } = contentsWalker(copy, usage)
  for (const page of pageReferences) {
    signal.throwIfAborted()
    const dictionary = copy.dictionary(page)
    const own = dictionary['/Resources']
    const resources = own ?? inherited(copy, page, '/Resources')
    if (own === undefined && resources !== undefined) usage.borrowed.set(dictionary, resources)
    walkContent(await contentOf(pageOwner(page, copy)), { resources, object: page, mode: 0 })
    for (const annotation of copy.array(dictionary['/Annots']))
      for (const appearance of appearancesOf(annotation)) walkStream(appearance, undefined, 0)
    await finish()
  }
  return usage

  function appearancesOf(annotation: unknown): unknown[] {
    const normal = copy.dictionary(copy.dictionary(annotation)['/AP'])['/N']
    return copy.stream(normal) ? [normal] : Object.values(copy.dictionary(normal))
  }
}

/** A form, a tiling pattern or the drawing of a letter that is to be read. */
type Waiting = { stream: PdfStream; outer: unknown; mode: number; resources: unknown }

/** Adds what contents use to `usage`; each stream is read once for each rendering mode. */
function contentsWalker(copy: WorkingCopy, usage: Usage) {
  const seen = new Set<string>()
  const waiting: Waiting[] = []
  return { contentOf, walkContent, walkStream, finish }

  async function contentOf(owner: Pick<Owner, 'reference' | 'streams'>): Promise<Buffer> {
    const content = await contentsOf(owner, copy)
    if (content) return content
    usage.findings.push({ clause: '6.2.2', says: 'contents cannot be unpacked', object: owner.reference })
    return Buffer.alloc(0)
  }

  /** @returns whether the content needs resources */
  function walkContent(
    content: Buffer,
    { resources, object, mode }: { resources: unknown; object: string; mode: number },
  ): boolean {
    const requests = requestsOf(content, mode)
    for (const each of requests.broken) usage.findings.push({ ...each, object })
    usage.cmyk ||= requests.cmyk
    const dictionary = copy.dictionary(resources)
    if (isDictionary(copy.resolve(resources))) usage.resources.add(dictionary)
    const of = (kind: string, name: string) => copy.dictionary(dictionary[kind])[name]
    for (const font of requests.texts) showText(copy.dictionary(of('/Font', font)), resources)
    for (const { name, mode: at } of requests.drawn) walkStream(of('/XObject', name), resources, at)
    for (const name of requests.states) {
      const state = copy.dictionary(of('/ExtGState', name))
      walkStream(copy.dictionary(state['/SMask'])['/G'], resources, 0)
    }
    for (const name of requests.patterns) walkStream(of('/Pattern', name), resources, 0)
    return requests.needsResources
  }

  function walkStream(value: unknown, outer: unknown, mode: number, own?: unknown): void {
    const stream = copy.stream(value)
    if (!stream || stream.dictionary['/Subtype'] === '/Image' || isPostScript(stream.dictionary)) return
    const key = `${stream.reference} ${mode}`
    if (seen.has(key)) return
    seen.add(key)
    waiting.push({ stream, outer, mode, resources: stream.dictionary['/Resources'] ?? own })
  }

  /** Reads what waits, and what that leads to: forms stand in forms as deep as a file likes. */
  async function finish(): Promise<void> {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { stream, outer, mode, resources } = next
      const how = { resources: resources ?? outer, object: stream.reference, mode }
      const needsResources = walkContent(await contentOf({ ...stream, streams: [stream.reference] }), how)
      if (resources === undefined && needsResources) usage.borrowed.set(stream.dictionary, outer)
    }
  }

  function showText(font: Dictionary, outer: unknown): void {
    if (usage.fonts.has(font)) return
    usage.fonts.add(font)
    if (font['/Subtype'] !== '/Type3') return
    for (const letter of Object.values(copy.dictionary(font['/CharProcs'])))
      walkStream(letter, outer, 0, font['/Resources'])
  }
}
