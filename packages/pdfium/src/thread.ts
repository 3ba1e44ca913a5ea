import { parentPort, workerData } from 'node:worker_threads'
import { type OpenDocument, openDocument } from './document.ts'
import { draw } from './draw.ts'
import { openFileAccess } from './file-access.ts'
import { openLibrary } from './library.ts'
import type { Answer, Close, Done, Named, Order, Start } from './orders.ts'
import { pageText } from './text.ts'
import { Refusal } from './refusal.ts'
import { pageWords } from './words.ts'

// The main file of a thread: works on what it is told, one after the other. Documents stay open for the next order.

const { program, memoryBytes, mostPixels }: Start = workerData
/** Documents that are kept open; the one that was not needed for the longest time goes first. */
const mostOpen = 8

const library = await openLibrary(program, memoryBytes)
const access = openFileAccess(library)
const documents = new Map<number, OpenDocument>()

parentPort?.on('message', (message: Order | Close) => {
  if (message.kind === 'close') return close(message.id)
  const answer = answerTo(message)
  const transfer = answer.done.kind === 'draw' ? [answer.done.pixels.samples.buffer as ArrayBuffer] : []
  parentPort?.postMessage(answer, transfer)
})

function answerTo(order: Order): Answer {
  const [done, isBroken] = outcomeOf(order)
  const { user, system } = process.threadCpuUsage()
  return { done, isBroken, processorMs: (user + system) / 1000, memoryBytes: library.memory().length }
}

/** A drawing for which there was no memory may lack anything, though PDFium says nothing of it. */
function outcomeOf(order: Order): [Answer['done'], isBroken: boolean] {
  try {
    const done = work(order)
    if (!library.isExhausted()) return [done, false]
  } catch (error) {
    if (error instanceof Refusal && !library.isExhausted())
      return [{ kind: 'failed', code: error.code, why: error.message }, false]
    const why = error instanceof Error ? error.message.slice(0, 200) : String(error)
    if (!library.isExhausted())
      return [{ kind: 'failed', code: 'engine_failed', why: `PDFium: ${why}` }, true]
  }
  const why = `PDFium needed more than ${Math.round(memoryBytes / 2 ** 20)} MiB`
  return [{ kind: 'failed', code: 'out_of_memory', why }, true]
}

function work(order: Order): Done {
  const document = opened(order)
  switch (order.kind) {
    case 'count':
      return { kind: 'count', pages: document.pages }
    case 'draw': {
      const { page, how } = order
      const pixels = document.withPage(page, (loaded) =>
        draw(library, loaded, document.form, how, mostPixels),
      )
      return { kind: 'draw', pixels }
    }
    case 'text': {
      const text = (page: number) => document.withPage(page, (loaded) => pageText(library, loaded))
      return { kind: 'text', texts: order.pages.map(text) }
    }
    case 'sizes':
      return { kind: 'sizes', sizes: order.pages.map((page) => document.size(page)) }
    case 'words': {
      const words = document.withPage(order.page, (loaded) => pageWords(library, loaded))
      return { kind: 'words', words }
    }
    default:
      return order satisfies never
  }
}

function opened({ id, file }: Named): OpenDocument {
  const document = documents.get(id) ?? openDocument(library, access, file)
  documents.delete(id)
  documents.set(id, document)
  const [oldest] = documents.keys()
  if (documents.size > mostOpen && oldest !== undefined) close(oldest)
  return document
}

function close(id: number): void {
  documents.get(id)?.close()
  documents.delete(id)
}
