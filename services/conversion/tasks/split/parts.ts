import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { EngineContext } from '@pdf-smaller/engines'
import { assemble } from '../../assembly/assemble.ts'
import type { Kept } from '../../assembly/contract.ts'
import type { Source } from '../../assembly/source.ts'
import { writeAssembled } from '../../assembly/write-assembled.ts'
import type { Cut } from './cuts.ts'
import { sizer } from './size.ts'

/** One of the new files, on its way into the archive. */
export type WrittenPart = { cut: Cut; file: string; bytes: number; kept: Kept }

/** Writes the file of some pages. */
export type WritePart = (cut: Cut) => Promise<WrittenPart>

export function partWriter(source: Source, folder: string, context: EngineContext): WritePart {
  let number = 0
  return async (cut) => {
    const parts = [{ source, pages: cut.pages }]
    const { content, kept } = await assemble(parts, { attachments: false })
    const file = path.join(folder, `part-${number++}.pdf`)
    return { cut, file, bytes: await writeAssembled(file, content, parts, context), kept }
  }
}

/** Files as long as a size allows; a page that is larger by itself makes a file of its own. */
export async function* partsBySize(
  source: Source,
  write: WritePart,
  mostBytes: number,
): AsyncGenerator<WrittenPart> {
  const { pages } = source.document
  const reach = sizer(source)
  /** What files came to, of what they were thought to take. */
  let share = 1
  for (let from = 1; from <= pages;) {
    let { last: to, bytes } = await reach(from, mostBytes / share)
    let part = await write(cutFromTo(from, to))
    share = Math.min(2, Math.max(0.2, part.bytes / bytes))
    while (part.bytes > mostBytes && to > from) {
      await rm(part.file)
      // What is too much says how many pages are; one at least.
      const fitting = from + Math.floor(((to - from + 1) * mostBytes) / part.bytes) - 1
      to = Math.max(from, Math.min(to - 1, fitting))
      part = await write(cutFromTo(from, to))
    }
    yield part
    from = to + 1
  }
}

const cutFromTo = (from: number, to: number): Cut => ({
  pages: Array.from({ length: to - from + 1 }, (_, index) => from + index),
})
