import { unpack } from '../surgical/flate.ts'
import { type Entry, streamAt, type WrittenFile, type WrittenStream } from './written-file.ts'

/** An object stream (ISO 32000-1, 7.5.7): the number of its own, and of its objects in their order. */
export type ObjectStream = { number: number; members: number[]; bytes: Buffer; first: number }

type Member = { number: number; text: Buffer }

/** Streams of more bytes gain nothing: Flate looks back no further than a part of them. */
const mostBytes = 1024 * 1024

/** Objects of all object streams, in as few of them as can be; undefined where there are none. */
export async function mergedStreams(file: WrittenFile): Promise<ObjectStream[] | undefined> {
  const groups: { number: number; members: Member[]; bytes: number }[] = []
  for (const number of streamNumbers(file.entries)) {
    const stream = streamAt(file.bytes, file.entries[number]?.first ?? 0)
    const members = stream && (await membersOf(stream))
    if (!members) return undefined
    const bytes = members.reduce((sum, { text }) => sum + text.length, 0)
    const last = groups.at(-1)
    if (!last || last.bytes + bytes > mostBytes) groups.push({ number, members, bytes })
    else {
      last.members.push(...members)
      last.bytes += bytes
    }
  }
  return groups.length === 0 ? undefined : groups.map(({ number, members }) => streamOf(number, members))
}

/** The numbers of the object streams, in the order of their places. */
export function streamNumbers(entries: readonly Entry[]): number[] {
  const numbers = new Set(entries.filter(({ type }) => type === 2).map(({ first }) => first))
  return [...numbers].sort((a, b) => (entries[a]?.first ?? 0) - (entries[b]?.first ?? 0))
}

async function membersOf({ head, data }: WrittenStream): Promise<Member[] | undefined> {
  const [, count, first] = /\/Type \/ObjStm .*\/N (\d+) \/First (\d+) >>/.exec(head) ?? []
  if (count === undefined || first === undefined) return undefined
  const bytes = head.includes('/FlateDecode') ? await unpack(data) : data
  const numbers = bytes.subarray(0, Number(first)).toString('latin1').trim().split(/\s+/).map(Number)
  const texts = bytes.subarray(Number(first))
  return Array.from({ length: Number(count) }, (_, index) => ({
    number: numbers[2 * index] ?? 0,
    text: texts.subarray(numbers[2 * index + 1], numbers[2 * index + 3] ?? texts.length),
  }))
}

function streamOf(number: number, members: readonly Member[]): ObjectStream {
  let place = 0
  const index = members.map(({ number, text }) => {
    const entry = `${number} ${place}`
    place += text.length
    return entry
  })
  const start = Buffer.from(`${index.join(' ')}\n`)
  return {
    number,
    members: members.map((member) => member.number),
    bytes: Buffer.concat([start, ...members.map(({ text }) => text)]),
    first: start.length,
  }
}
