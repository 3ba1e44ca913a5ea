import { readFile } from 'node:fs/promises'
import os from 'node:os'
import type { Level } from '@pdf-smaller/compress/levels'
import { compressFile } from '@pdf-smaller/compress/testing/context'
import { z } from 'zod'
import type { Sizes } from './results.ts'

/** A process that compresses the files that its parent names, at every level, and tells what became of them. */

const politeness = 5
/** Ticks of the processor's clock in a second, as Linux tells them. */
const ticks = 100

os.setPriority(politeness)
process.on('message', (message) => {
  void answer(z.string().parse(message))
})

async function answer(file: string): Promise<void> {
  try {
    process.send?.({ sizes: await sizesOf(file) })
  } catch (error) {
    process.send?.({ error: String(error) })
  }
}

async function sizesOf(file: string): Promise<Sizes> {
  const before = await processorSeconds()
  const at = async (level: Level) => (await compressFile(file, { level })).output.length
  const [low, medium, high, maximum] = [
    await at('low'),
    await at('medium'),
    await at('high'),
    await at('maximum'),
  ]
  return { low, medium, high, maximum, seconds: (await processorSeconds()) - before }
}

/** Of this process and of the engines that it started (proc(5): fields 14 to 17 of /proc/pid/stat). */
async function processorSeconds(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, time) => sum + Number(time), 0) / ticks
}
