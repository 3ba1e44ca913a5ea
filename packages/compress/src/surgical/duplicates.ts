import { createHash } from 'node:crypto'
import {
  type FileSlice,
  isDictionary,
  isReference,
  mapped,
  openTurns,
  type Pause,
  type PdfObject,
  sameText,
  type WorkingCopy,
  without,
} from '@pdf-smaller/pdf'

/** Kinds of dictionaries that are only looked up, never told apart. */
const lookedUp = new Set(['/Font', '/FontDescriptor', '/ExtGState', '/Encoding', '/Pattern'])
/** What has one of these is a function, a shading or a halftone, and needs no type. */
const kinds = ['/FunctionType', '/ShadingType', '/HalftoneType']
const resourceKeys = /^\/(ExtGState|ColorSpace|Pattern|Shading|XObject|Font|ProcSet|Properties)$/
const colourSpaces = /^\/(CalGray|CalRGB|Lab|ICCBased|Indexed|Pattern|Separation|DeviceN)$/
/** Objects that become equal once what they refer to is merged: font file, descriptor, font, resources. */
const mostRounds = 6

/**
 * Lets objects that are equal be one: streams, fonts, resources and the like. Programs write the same font, picture or
 * appearance again for each page or field.
 * @returns for each object that is gone, the one that stands for it
 */
export async function mergeDuplicates(copy: WorkingCopy, signal: AbortSignal): Promise<Map<string, string>> {
  const pause = openTurns(signal)
  const merged = new Map<string, string>()
  const digests = new Map<FileSlice, string>()
  for (let round = 0; round < mostRounds; round++) {
    const twins = await twinsIn(copy, digests, pause)
    if (twins.size === 0) break
    for (const [reference, object] of copy.all) {
      await pause()
      if (twins.has(reference)) continue
      const changed = referringTo(twins, object)
      if (changed) copy.put(reference, changed)
    }
    for (const reference of twins.keys()) copy.all.delete(reference)
    for (const [reference, first] of merged) merged.set(reference, twins.get(first) ?? first)
    for (const [reference, first] of twins) merged.set(reference, first)
  }
  return merged
}

/** For each object that has an equal one before it, the reference of that one. */
async function twinsIn(
  copy: WorkingCopy,
  digests: Map<FileSlice, string>,
  pause: Pause,
): Promise<Map<string, string>> {
  const groups = new Map<string, string[]>()
  for (const [reference, object] of copy.all) {
    await pause()
    if (!mayMerge(object)) continue
    const key =
      'value' in object ? sameText(object.value) : `stream ${sameText(without(object.dictionary, '/Length'))}`
    const group = groups.get(key)
    if (group) group.push(reference)
    else groups.set(key, [reference])
  }
  const twins = new Map<string, string>()
  for (const group of groups.values()) {
    const firsts = new Map<string, string>()
    if (group.length < 2) continue
    for (const reference of group) {
      const digest = await digestOf(copy, reference, digests)
      const first = firsts.get(digest)
      if (first) twins.set(reference, first)
      else firsts.set(digest, reference)
    }
  }
  return twins
}

/** The digest of a stream's bytes; the same for all other objects. */
async function digestOf(
  copy: WorkingCopy,
  reference: string,
  known: Map<FileSlice, string>,
): Promise<string> {
  const stream = copy.stream(reference)
  if (!stream) return ''
  const digest =
    known.get(stream.file) ??
    createHash('sha1')
      .update(await copy.read(stream))
      .digest('hex')
  known.set(stream.file, digest)
  return digest
}

function mayMerge(object: PdfObject): boolean {
  if (!('value' in object))
    return object.dictionary['/Type'] !== '/EmbeddedFile' && object.dictionary['/Type'] !== '/Metadata'
  const { value } = object
  if (Array.isArray(value)) {
    const [first] = value
    return (
      value.every((each) => typeof each === 'number') ||
      (typeof first === 'string' && colourSpaces.test(first))
    )
  }
  if (!isDictionary(value)) return false
  const type = value['/Type']
  if (type !== undefined) return typeof type === 'string' && lookedUp.has(type)
  return kinds.some((key) => key in value) || Object.keys(value).every((key) => resourceKeys.test(key))
}

/** An object that refers to the first of each set of twins; undefined when it refers to none of the others. */
function referringTo(twins: ReadonlyMap<string, string>, object: PdfObject): PdfObject | undefined {
  let changed = false
  const renamed = (value: unknown): unknown =>
    mapped(value, (each) => {
      const first = isReference(each) ? twins.get(each) : undefined
      changed ||= first !== undefined
      return first ?? each
    })
  if ('value' in object) {
    const value = renamed(object.value)
    return changed ? { value } : undefined
  }
  const dictionary = renamed(object.dictionary)
  return changed && isDictionary(dictionary) ? { dictionary, file: object.file } : undefined
}
