import type { Structure } from './facts.ts'
import { setImmediate as afterOthers } from 'node:timers/promises'
import type { FontMakers } from './font-tables.ts'
import { openScanner } from './scan.ts'
import { openSurvey } from './survey.ts'
import { lastObject } from './objects.ts'

/** Chunks are gathered up to this size, since each one costs a look at what is pending. */
const leastChunk = 64 * 1024

/**
 * Reads the structure of a PDF as it passes by, in bounded memory. Whatever the bytes are, something comes of them; that
 * they are a PDF is to be checked before.
 * @param makers what compression makes of fonts
 * @throws what the source throws
 */
export async function structureOf(source: AsyncIterable<Uint8Array>, makers: FontMakers): Promise<Structure> {
  const survey = openSurvey(makers)
  const scanner = openScanner((text) => survey.wanted(lastObject(text).text))
  const turn = openTurns()
  let bytes = 0
  for await (const chunk of gathered(source)) {
    bytes += chunk.length
    for (const part of scanner.take(chunk)) for (const _ of survey.add(part)) await turn()
  }
  for (const part of scanner.end()) for (const _ of survey.add(part)) await turn()
  const ending = survey.structure(bytes)
  for (;;) {
    const step = ending.next()
    if (step.done) return step.value
    await turn()
  }
}

/** So long it works before others of the same process have their turn. */
const longestTurnMs = 5

/** @returns waits for a turn of the event loop where the last one is that long ago */
function openTurns(): () => Promise<void> | undefined {
  let since = performance.now()
  const next = async () => {
    await afterOthers()
    since = performance.now()
  }
  return () => (performance.now() - since < longestTurnMs ? undefined : next())
}

async function* gathered(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of source) {
    chunks.push(chunk)
    length += chunk.length
    if (length < leastChunk) continue
    yield Buffer.concat(chunks)
    chunks = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(chunks)
}
