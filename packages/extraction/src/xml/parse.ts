import { JobFailure } from '@pdf-smaller/contracts'
import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element of XML by its local name. What is of another vocabulary than its document is left out. */
export type Element = {
  name: string
  namespace: string
  attributes: Record<string, string>
  /** Without what its children say; trimmed. */
  text: string
  children: Element[]
}

/** More than any invoice has; Peppol and the German state take 5 MB at most, too. */
export const mostXmlBytes = 5_000_000
const deepest = 64
/** Elements take more memory than their tags do; an invoice of 5 MB has half as many. */
const mostTags = 500_000

/**
 * Reads XML as elements: no document type, hence no entities but those that XML itself has; of bounded size and depth.
 * @throws JobFailure too_large, damaged_xml
 */
export function parseXml(bytes: Uint8Array): Element {
  if (bytes.length > mostXmlBytes) throw new JobFailure('too_large', `the XML has ${bytes.length} bytes`)
  const text = decoded(bytes)
  if (!hasAtMost(text, '<', mostTags)) throw new JobFailure('too_large', `the XML has over ${mostTags} tags`)
  // Comments may speak of one; a declaration in earnest stands before the root element.
  if (/<!DOCTYPE/i.test(withoutComments(text))) {
    throw new JobFailure('damaged_xml', 'it declares a document type, which none of the formats has')
  }
  const valid = XMLValidator.validate(text)
  if (valid !== true)
    throw new JobFailure('damaged_xml', `line ${valid.err.line}: ${valid.err.msg.slice(0, 200)}`)
  const roots = elementsOf(nodesOf(text), {})
  const [root] = roots
  if (!root || roots.length > 1) throw new JobFailure('damaged_xml', 'it has no root element, or several')
  return root
}

function hasAtMost(text: string, character: string, most: number): boolean {
  let count = 0
  for (let at = text.indexOf(character); at >= 0 && count <= most; at = text.indexOf(character, at + 1))
    count++
  return count <= most
}

/** One that is not closed goes to the end. In one go, for the text may be made of nothing but beginnings. */
function withoutComments(text: string): string {
  const parts: string[] = []
  let at = 0
  for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', at)) {
    parts.push(text.slice(at, start))
    const end = text.indexOf('-->', start + 4)
    at = end < 0 ? text.length : end + 3
  }
  return [...parts, text.slice(at)].join('')
}

/** Text by its byte order mark, by how its first character stands there, or by its declaration; else UTF-8. */
function decoded(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const declared = /^[^<]{0,3}<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1]
  const marked = /^(\u00FF\u00FE|<\0)/.test(head)
    ? 'utf-16le'
    : /^(\u00FE\u00FF|\0<)/.test(head)
      ? 'utf-16be'
      : undefined
  try {
    return new TextDecoder(marked ?? declared ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new JobFailure('damaged_xml', `it is not written in ${marked ?? declared ?? 'UTF-8'}`, {
      cause: error,
    })
  }
}

/** As fast-xml-parser gives them: an element as `{ name: nodes, ':@': attributes }`, text as `{ '#text': text }`. */
type Node = Record<string, unknown>

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
  cdataPropName: '#cdata',
  maxNestedTags: deepest,
})

function nodesOf(text: string): Node[] {
  try {
    return nodes(parser.parse(text))
  } catch (error) {
    throw new JobFailure('damaged_xml', error instanceof Error ? error.message : '', { cause: error })
  }
}

function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter((node) => typeof node === 'object' && node !== null) : []
}

/** Namespaces by their prefix; the empty one is the default. */
type Scope = Record<string, string>

function elementsOf(list: Node[], outer: Scope): Element[] {
  return list.flatMap((node) => {
    const tag = Object.keys(node).find((key) => key !== ':@')
    if (tag === undefined || tag.startsWith('#') || tag.startsWith('?')) return []
    const attributes = attributesOf(node[':@'])
    const scope = scopeOf(attributes, outer)
    const [prefix, name] = tag.includes(':')
      ? [tag.split(':', 1)[0] ?? '', tag.slice(tag.indexOf(':') + 1)]
      : ['', tag]
    const namespace = scope[prefix] ?? ''
    const inner = nodes(node[tag])
    return [{ name, namespace, attributes, text: characterData(inner), children: elementsOf(inner, scope) }]
  })
}

function attributesOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unescaped(String(each))]))
}

function scopeOf(attributes: Record<string, string>, outer: Scope): Scope {
  const own = Object.entries(attributes).flatMap(([name, value]) =>
    name === 'xmlns' ? [['', value]] : name.startsWith('xmlns:') ? [[name.slice(6), value]] : [],
  )
  return own.length > 0 ? { ...outer, ...Object.fromEntries(own) } : outer
}

function characterData(list: Node[]): string {
  const parts = list.map((node) => unescaped(plainText(node)) + nodes(node['#cdata']).map(plainText).join(''))
  return parts.join('').trim()
}

function plainText({ '#text': text }: Node): string {
  return typeof text === 'string' ? text : ''
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' }

/** @throws JobFailure damaged_xml for an entity that XML itself does not have */
function unescaped(text: string): string {
  return text.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|[^;\s&]{1,20});?/gi, (whole, name: string) => {
    const code = name.startsWith('#x') ? Number(`0x${name.slice(2)}`) : Number(name.slice(1))
    if (name.startsWith('#') && isCharacter(code)) return String.fromCodePoint(code)
    const character = named[name]
    if (character === undefined)
      throw new JobFailure('damaged_xml', `it names the entity ${whole}, which XML does not have`)
    return character
  })
}

/** Surrogates and NUL are no characters of XML. */
function isCharacter(code: number): boolean {
  return code > 0 && code <= 0x10_ffff && (code < 0xd800 || code > 0xdfff)
}
