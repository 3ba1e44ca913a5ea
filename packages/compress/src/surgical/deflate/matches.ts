import { farthestMatch, longestMatch, shortestMatch } from './symbols.ts'

/**
 * The matches of every position: each length that some copy reaches, ascending, with the shortest distance for it. They
 * stand in `found` from `starts[position]` to `starts[position + 1]`; shorter copies may take the same distance.
 */
export type Matches = { starts: Uint32Array; found: Uint32Array }

const distanceBits = 16
export const lengthOf = (match: number) => match >>> distanceBits
export const distanceOf = (match: number) => match & ((1 << distanceBits) - 1)

const hashBits = 16
/** Positions of a window and as many again, so that the farthest is still known when the newest is put in. */
const ring = 2 * farthestMatch
/** Positions that are compared with one, at most: repetitive data have more, which are hardly better. */
const mostCompared = 256

/**
 * Finds the matches of all positions. Positions whose next three bytes hash alike form a binary tree in the order of
 * what follows them, the newest at the root: the way down to a new position passes, for every length, the newest
 * position that matches so far.
 */
export function findMatches(bytes: Uint8Array): Matches {
  const starts = new Uint32Array(bytes.length + 1)
  const list = { found: new Uint32Array(Math.max(1024, bytes.length * 2)), count: 0 }
  const roots = new Int32Array(1 << hashBits).fill(-1)
  const children = new Int32Array(2 * ring)
  const last = bytes.length - shortestMatch
  for (let position = 0; position <= last; position++) {
    starts[position] = list.count
    if (list.count + longestMatch > list.found.length) list.found = grown(list.found)
    const hash = hashAt(bytes, position)
    const root = roots[hash] ?? -1
    roots[hash] = position
    list.count = insert(bytes, children, root, position, list.found, list.count)
  }
  starts.fill(list.count, Math.max(0, last + 1))
  return { starts, found: list.found }
}

function grown(full: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(full.length * 2)
  larger.set(full)
  return larger
}

function hashAt(bytes: Uint8Array, at: number): number {
  const three = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
  return Math.imul(three, 0x9e3779b1) >>> (32 - hashBits)
}

/**
 * Makes a position the root of its tree, which splits the tree into what comes before and after it.
 * @returns the number of matches found till now
 */
function insert(
  bytes: Uint8Array,
  children: Int32Array,
  root: number,
  position: number,
  found: Uint32Array,
  count: number,
): number {
  const most = Math.min(longestMatch, bytes.length - position)
  const oldest = Math.max(0, position - farthestMatch)
  let node = root
  let longest = shortestMatch - 1
  // Where the next smaller and the next greater position belong, and how much of theirs matches at least.
  let smaller = 2 * (position % ring)
  let greater = smaller + 1
  let [smallerMatch, greaterMatch] = [0, 0]
  for (let compared = 0; node >= oldest && compared < mostCompared; compared++) {
    const pair = 2 * (node % ring)
    let length = smallerMatch < greaterMatch ? smallerMatch : greaterMatch
    while (length < most && bytes[node + length] === bytes[position + length]) length++
    if (length > longest) {
      longest = length
      found[count++] = (length << distanceBits) | (position - node)
    }
    if (length === most) {
      // What follows is alike, so the new position takes the place of the old one.
      children[smaller] = children[pair] ?? -1
      children[greater] = children[pair + 1] ?? -1
      return count
    }
    if ((bytes[node + length] ?? 0) < (bytes[position + length] ?? 0)) {
      children[smaller] = node
      smaller = pair + 1
      node = children[smaller] ?? -1
      smallerMatch = length
    } else {
      children[greater] = node
      greater = pair
      node = children[greater] ?? -1
      greaterMatch = length
    }
  }
  children[smaller] = -1
  children[greater] = -1
  return count
}
