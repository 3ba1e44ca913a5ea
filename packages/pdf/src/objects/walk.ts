import { JobFailure } from '@pdf-smaller/contracts'
import { type Dictionary, isDictionary } from './pdf-objects.ts'

/**
 * What one walk comes by at most: more than the values of the largest document. What leads to more was made to exhaust
 * those who read it.
 */
const mostNodes = 20_000_000
/** Trees of real documents are some ten levels deep. */
const mostLevels = 500

export type WalkOptions<Node> = {
  /** What is walked through, as a failure names it. */
  of: string
  /** Whether each step leads a level down a tree, which is not deeper than 500; else any way may be long. */
  isTree?: boolean
  /** Whether a kid is walked to; asked when its turn comes, as a node may have a million. */
  leadsOn?: (kid: Node) => boolean
}

/**
 * Walks through what a file leads to, each object once, whatever circles it goes in: the one way to follow references,
 * as no depth of a file costs stack. A node comes before its kids, and they come in their order.
 * @param starts references (`n g R`), or values that hold some
 * @param kidsOf what a node leads to
 * @throws JobFailure damaged_pdf where a tree is too deep or there is no end to it
 */
export function* walk<Node>(
  starts: Iterable<Node>,
  kidsOf: (node: Node, level: number) => Iterable<Node>,
  { of, isTree = false, leadsOn = () => true }: WalkOptions<Node>,
): Generator<Node, void> {
  const seen = new Set<Node>()
  const open = [{ kids: [...starts], at: 0, level: 1 }]
  let count = 0
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const { level } = top
    const node = top.kids[top.at++]
    // Before it leads on, so that a long way takes no more memory than a short one.
    if (top.at >= top.kids.length) open.pop()
    // What is no reference stands within one object, and so comes by once.
    if (node === undefined || seen.has(node) || !leadsOn(node)) continue
    if (typeof node === 'string') seen.add(node)
    if (++count > mostNodes) throw new JobFailure('damaged_pdf', `there is no end to its ${of}`)
    if (isTree) refuseLevel(level, of)
    yield node
    const kids = kidsOf(node, level)
    open.push({ kids: Array.isArray(kids) ? kids : [...kids], at: 0, level: level + 1 })
  }
}

/** @throws JobFailure damaged_pdf for a level of a tree, from 1, that no real one has */
export function refuseLevel(level: number, of: string): void {
  if (level > mostLevels)
    throw new JobFailure('damaged_pdf', `the nesting of its ${of} goes over ${mostLevels} levels`)
}

/**
 * A value with everything in it changed, however deep; references are not followed.
 * @param change what a value becomes, told of it before its parts; those of what it becomes are changed in turn
 */
export function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  const waiting: ({ items: readonly unknown[]; to: unknown[] } | { entries: Dictionary; to: Dictionary })[] =
    []
  const begun = (each: unknown): unknown => {
    const own = change(each)
    if (Array.isArray(own)) {
      const to: unknown[] = []
      waiting.push({ items: own, to })
      return to
    }
    if (!isDictionary(own)) return own
    const to: Dictionary = {}
    waiting.push({ entries: own, to })
    return to
  }
  const result = begun(value)
  // What is begun meanwhile comes after it.
  for (const next of waiting) {
    if ('items' in next) for (const each of next.items) next.to.push(begun(each))
    else for (const [key, each] of Object.entries(next.entries)) next.to[key] = begun(each)
  }
  return result
}
