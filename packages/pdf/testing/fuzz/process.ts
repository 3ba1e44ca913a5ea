import path from 'node:path'
import { grownBy } from '../memory.ts'
import { bytesOfCase, tryCase } from './one-case.ts'
import { Asked, type Told } from './told.ts'

// A process that tries cases, one after the other, and tells of each what came of it. It is killed by who started it.

/** What a case may take besides its size, bytes. */
const mostGrowth = 64 * 1024 * 1024
/** Cases whose memory is measured together; where that is too much, each of them by itself. */
const together = 20

process.once('disconnect', () => process.exit())

const { seed, from, to, folder } = Asked.parse(JSON.parse(process.argv[2] ?? ''))
const file = path.join(folder, 'case.pdf')
const tell = (told: Told) => void process.send?.(told)

// Code that runs for the first time takes memory of its own.
for (let index = 0; index < 2 * together; index++) await outcomeOf(index)
for (let first = from; first < to; first += together) {
  const indices = Array.from({ length: Math.min(together, to - first) }, (_, index) => first + index)
  const bytes = await grownBy(() => tryAll(indices))
  if (bytes > mostGrowth) for (const index of indices) await measure(index)
  else tell({ kind: 'grown', bytes })
}
process.disconnect()

async function tryAll(indices: readonly number[]): Promise<void> {
  for (const index of indices) {
    tell({ kind: 'begun', index })
    tell(await outcomeOf(index))
  }
}

async function outcomeOf(index: number): Promise<Told> {
  try {
    return { kind: 'done', index, isRead: await tryCase(bytesOfCase(seed, index), file) }
  } catch (error) {
    return {
      kind: 'fault',
      index,
      why: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
}

async function measure(index: number): Promise<void> {
  const bytes = await grownBy(() => outcomeOf(index))
  tell({ kind: 'grown', bytes })
  if (bytes > mostGrowth + bytesOfCase(seed, index).length)
    tell({ kind: 'fault', index, why: `it takes ${bytes} bytes of memory` })
}
