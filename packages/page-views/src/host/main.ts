import { Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { JobFailure } from '@pdf-smaller/contracts'
import { openChannel } from '@pdf-smaller/hosts/channel'
import { orphanWatch, watchParent } from '@pdf-smaller/hosts/orphan-watch'
import { hocrPages } from './hocr.ts'
import { imagePages, imagesPages } from './images.ts'
import type { Pages } from './pages.ts'
import { pdfPages } from './pdf.ts'
import { type FromHost, Order } from './protocol.ts'

/** The main file of a host that draws the pages of one file: it does one order after the other, and ends with the gateway. */
const [folder = '', watch] = process.argv.slice(2)
if (watch === watchParent) new Worker(orphanWatch, { workerData: process.ppid }).unref()

let pages: Pages | undefined
const channel = openChannel<Order, FromHost>(new Socket({ fd: 3 }), Order, {
  hear: (order) => void carryOut(order).then(channel.say),
  lost: () => process.exit(0),
})
channel.say({ type: 'ready' })

async function carryOut(order: Order): Promise<FromHost> {
  try {
    return await work(order, (pages ??= opened(order)))
  } catch (error) {
    if (error instanceof JobFailure)
      return { type: 'failed', code: error.code, why: error.why.slice(0, 2000) }
    const why = error instanceof Error ? error.message : String(error)
    return { type: 'failed', code: 'engine_failed', why: why.slice(0, 200) }
  }
}

async function work({ work }: Order, file: Pages): Promise<FromHost> {
  switch (work.kind) {
    case 'look':
      return { type: 'looked', ...(await file.look()) }
    case 'draw':
      return { type: 'drawn', webp: (await file.draw(work.page, work.width)).toString('base64') }
    case 'words':
      return { type: 'words', ...(await file.words(work.page)) }
    default:
      return work satisfies never
  }
}

function opened({ file, form, limits }: Order): Pages {
  switch (form) {
    case 'pdf':
      return pdfPages(file, folder, limits)
    case 'image':
      return imagePages(file, limits)
    case 'images':
      return imagesPages(file, limits)
    case 'hocr':
      return hocrPages(file)
    default:
      return form satisfies never
  }
}
