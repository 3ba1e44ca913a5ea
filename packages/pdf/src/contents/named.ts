import { likeName, nameOf } from '../objects/names.ts'
import { isOperator, type Operand, type Operation, operationsIn } from './operations.ts'
import type { WorkingCopy } from '../file/working-copy.ts'
import { contentsIn, joined } from './owners.ts'

/** The kinds of resources that contents name (ISO 32000-1, table 33). */
export const resourceKinds = [
  '/ExtGState',
  '/ColorSpace',
  '/Pattern',
  '/Shading',
  '/XObject',
  '/Font',
  '/Properties',
] as const
export type ResourceKind = (typeof resourceKinds)[number]

/** Names of resources, by their kind. */
export type Named = ReadonlyMap<ResourceKind, ReadonlySet<string>>

const namedBy: Readonly<Record<string, ResourceKind>> = {
  gs: '/ExtGState',
  cs: '/ColorSpace',
  CS: '/ColorSpace',
  BI: '/ColorSpace',
  scn: '/Pattern',
  SCN: '/Pattern',
  sh: '/Shading',
  Do: '/XObject',
  Tf: '/Font',
  BDC: '/Properties',
  DP: '/Properties',
}

/** Tells the names in the contents of some streams; undefined where they cannot be unpacked. Each is read once. */
export type ReadNames = (streams: readonly string[]) => Promise<Named | undefined>

export function nameReader(copy: WorkingCopy): ReadNames {
  const known = new Map<string, Promise<Named | undefined>>()
  return (streams) => {
    const key = streams.join(' ')
    const reading = known.get(key) ?? namesInStreams(streams, copy)
    known.set(key, reading)
    return reading
  }
}

async function namesInStreams(streams: readonly string[], copy: WorkingCopy): Promise<Named | undefined> {
  const parts = await contentsIn(streams, copy)
  if (!parts) return undefined
  const names = namesIn(joined(parts))
  // Some readers take a name on where a stream ends within it.
  const isCut = parts.some((part, index) => index + 1 < parts.length && endsInName(part))
  return isCut ? both(names, namesIn(Buffer.concat(parts))) : names
}

const mostNameBytes = 256
const endsInName = (part: Uint8Array) =>
  /\/[^\0\s()<>[\]{}/%]*$/.test(Buffer.from(part.subarray(-mostNameBytes)).toString('latin1'))

function both(one: Named, other: Named): Named {
  return new Map(
    resourceKinds.map((kind) => [kind, new Set([...(one.get(kind) ?? []), ...(other.get(kind) ?? [])])]),
  )
}

/**
 * The names of resources in contents. What cannot be read, and what an inline image holds, names whatever looks like a
 * name in it, of any kind: readers differ in where they go on.
 */
export function namesIn(contents: Buffer): Named {
  const names = new Map<ResourceKind, Set<string>>()
  const add = (name: string, kinds: readonly ResourceKind[]) => {
    const like = likeName(name)
    for (const kind of kinds) {
      const there = names.get(kind) ?? new Set<string>()
      names.set(kind, there.add(name))
      if (like) there.add(like)
    }
  }
  const addAll = (bytes: Buffer) => {
    for (const [token] of bytes.toString('latin1').matchAll(/\/[^\0\s()<>[\]{}/%]*/g))
      add(nameOf(token), resourceKinds)
  }
  for (const operation of operationsIn(contents)) {
    if (operation.kind === 'unknown') addAll(contents.subarray(operation.start, operation.end))
    if (operation.kind !== 'operator') continue
    const kinds = kindsFor(operation)
    if (kinds.length > 0) for (const name of namesAmong(operation.operands)) add(name, kinds)
    if (operation.operator === 'BI') {
      const image = contents.subarray(operation.start, operation.end)
      addAll(image.subarray(Math.max(0, image.indexOf('ID'))))
    }
  }
  return names
}

function kindsFor({ operator }: Extract<Operation, { kind: 'operator' }>): readonly ResourceKind[] {
  const kind = namedBy[operator]
  if (kind) return [kind]
  return isOperator(operator) ? [] : resourceKinds
}

/** Operands are not nested deeper than they are read. */
function namesAmong(operands: readonly Operand[]): string[] {
  return operands.flatMap((each) =>
    each.kind === 'name' ? [each.name] : each.kind === 'items' ? namesAmong(each.items) : [],
  )
}
