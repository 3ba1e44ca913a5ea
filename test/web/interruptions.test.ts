import { processesNaming, type RunningSystem, startSystemProcess, until } from '@pdf-smaller/testing/system'
import type { CDPSession, Locator, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningBrowser, startBrowser } from './browser.ts'
import { bring, chooseTask, example, isDone, lineOf, pathOf, start } from './steps.ts'

let system: RunningSystem
let browser: RunningBrowser

beforeAll(async () => {
  // A crash is noticed after 0.75 s instead of 15.
  const settings = { PDF_SMALLER_RETRY_PACE: '0.05' }
  ;[system, browser] = await Promise.all([startSystemProcess(settings), startBrowser()])
})
afterAll(async () => {
  await browser.close()
  await system.close()
})

/** Each session has conditions of its own, and the slowest of them count. */
const sessions = new WeakMap<Page, Promise<CDPSession>>()

/** Lets the browser send so many bytes in a second; -1 for as many as go. */
async function throttle(page: Page, uploadThroughput: number): Promise<void> {
  const opening = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, opening)
  const session = await opening
  const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput }
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', conditions)
}

/** So slow that no example but the smallest is there before a busy machine has looked, bytes in a second. */
const slow = 20_000

const isReady = (line: Locator) => line.getByText('ready', { exact: true }).waitFor()
/** Some of it has gone, and not all. */
const isUnderWay = (line: Locator) => line.locator('progress[value]:not([value="0"])').waitFor()

/** Stops an engine once it is at work. */
async function standStill(engine: string): Promise<void> {
  await until(`${engine} is at work`, async () => {
    const found = (await processesNaming(system.folder)).filter((command) => command.includes(`${engine} `))
    return found.filter((command) => isStopped(Number.parseInt(command, 10))).length > 0
  })
}

/** Whether it could be stopped: it may have ended meanwhile. */
function isStopped(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGSTOP')
  } catch {
    return false
  }
}

it('keeps the queue over a reload in mid-upload, and sends what was under way again', async () => {
  const { page, complaints } = await browser.open(system.url)
  await throttle(page, slow)
  await bring(page, [await example('brochure.pdf'), await example('form.pdf')])
  await lineOf(page, 'form.pdf').getByText('ready').waitFor()
  await isUnderWay(lineOf(page, 'brochure.pdf'))
  await throttle(page, -1)
  await page.reload()
  for (const name of ['brochure.pdf', 'form.pdf']) await lineOf(page, name).getByText('ready').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

it('goes on after a reload, and after the gateway was killed, in mid-job and in mid-upload', async () => {
  const { page, complaints } = await browser.open(system.url)
  await bring(page, [await example('scan-colour.pdf')])
  await chooseTask(page, 'Make searchable')
  await start(page)
  const line = lineOf(page, 'scan-colour.pdf')
  // Its engine stands still until it ends with the gateway, so that the job is in its midst however long this takes.
  await standStill('tesseract')
  await line.getByText('at work').waitFor()
  await page.reload()
  await line.getByText('at work').waitFor()
  await throttle(page, slow)
  await bring(page, [await example('brochure.pdf')])
  await isUnderWay(lineOf(page, 'brochure.pdf'))
  await system.kill()
  await lineOf(page, 'brochure.pdf').getByRole('alert').waitFor()
  await throttle(page, -1)
  await page.getByRole('link', { name: 'Jobs' }).click()
  await page.getByText('Live news are interrupted', { exact: false }).waitFor()
  await system.start()
  await isDone(page.getByRole('article'))
  await page.getByText('1 job', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Files', exact: true }).click()
  await page.getByRole('button', { name: 'Send brochure.pdf again' }).click()
  await isReady(lineOf(page, 'brochure.pdf'))
  expect(complaints).toEqual([])
  await page.context().close()
})

it('shares its queue with other tabs: a file is sent by one of them, and by another when that is closed', async () => {
  const { page, complaints } = await browser.open(system.url)
  const sent: string[] = []
  page.context().on('request', (request) => {
    if (request.method() === 'PUT') sent.push(new URL(request.url()).searchParams.get('name') ?? '')
  })
  await throttle(page, slow)
  await bring(page, [await example('brochure.pdf')])
  await isUnderWay(lineOf(page, 'brochure.pdf'))
  const other = await page.context().newPage()
  await other.goto(system.url)
  await isUnderWay(lineOf(other, 'brochure.pdf'))
  await bring(page, [await example('form.pdf')])
  for (const tab of [page, other]) await isReady(lineOf(tab, 'form.pdf'))
  expect(sent).toEqual(['brochure.pdf', 'form.pdf'])
  await page.close()
  await isReady(lineOf(other, 'brochure.pdf'))
  expect(sent).toEqual(['brochure.pdf', 'form.pdf', 'brochure.pdf'])
  expect(complaints).toEqual([])
  await other.context().close()
})

it('sends a file in one tab, and in another when that is closed, where the browser has no locks', async () => {
  const { page, complaints } = await browser.open('about:blank')
  await page.context().addInitScript('delete Navigator.prototype.locks')
  const released = Promise.withResolvers<void>()
  const other = await page.context().newPage()
  const underWay = new Map([page, other].map((tab) => [tab, new Set<Request>()]))
  for (const [tab, requests] of underWay) {
    await tab.route('**/api/uploads/**', async (route) => {
      requests.add(route.request())
      await released.promise
      await route.continue().catch(() => {})
    })
    tab.on('requestfailed', (request) => requests.delete(request))
    await tab.goto(system.url)
    await tab.locator('#page:not([inert]) h1').waitFor()
  }
  // From its place on the disk, which the browser lets the tab alone read that it was chosen in.
  await page.locator('input[data-chooser]').setInputFiles(pathOf('form.pdf'))
  for (const tab of [page, other]) await lineOf(tab, 'form.pdf').locator('progress').waitFor()
  const sending = () => [page, other].filter((tab) => underWay.get(tab)?.size)
  await expect.poll(() => sending().length, { timeout: 30_000 }).toBe(1)
  const [first, second] = sending().includes(page) ? [page, other] : [other, page]
  await first.close({ runBeforeUnload: true })
  await expect.poll(() => sending().includes(second), { timeout: 30_000 }).toBe(true)
  released.resolve()
  await isReady(lineOf(second, 'form.pdf'))
  expect(complaints).toEqual([])
  await second.context().close()
})

it('says what goes on with a result, goes on when it is opened again, and tells what does not', async () => {
  const { page, complaints } = await browser.open(system.url)
  // Until it has the result it cannot go on.
  await page.route('**/api/jobs/*/result', () => {})
  const torn = { name: 'torn.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\ncut off') }
  await bring(page, [await example('invoice.pdf'), torn])
  await chooseTask(page, 'Make smaller')
  await page.getByLabel('And then').selectOption({ label: 'Extract text' })
  await start(page)
  await page.getByText('Extract text was not begun. torn.pdf: failed').waitFor()
  await isDone(lineOf(page, 'invoice.pdf'))
  await lineOf(page, 'invoice.pdf').getByText('then Extract text, while this page is open').waitFor()
  const other = await page.context().newPage()
  await page.close()
  await other.goto(`${system.url}/#/jobs?task=extract-text`)
  await other.getByRole('article').filter({ hasText: 'invoice.pdf' }).waitFor()
  await other.getByRole('link', { name: 'Files', exact: true }).click()
  await lineOf(other, 'invoice.pdf').filter({ hasNotText: 'then Extract text' }).waitFor()
  expect(complaints).toEqual([])
  await other.context().close()
})

it('stops sending a file, and cancels a job', async () => {
  const { page, complaints } = await browser.open(system.url)
  await throttle(page, slow)
  await bring(page, [await example('handbook.pdf')])
  await page.getByRole('button', { name: 'Stop sending handbook.pdf' }).click()
  await lineOf(page, 'handbook.pdf').getByText('stopped').waitFor()
  await throttle(page, -1)
  await page.getByRole('button', { name: 'Send handbook.pdf again' }).click()
  await lineOf(page, 'handbook.pdf').getByText('ready').waitFor()
  await chooseTask(page, 'Make images')
  await start(page)
  await standStill('pdftoppm')
  await lineOf(page, 'handbook.pdf').getByText('at work').waitFor()
  await page.getByRole('link', { name: 'Jobs' }).click()
  const row = page.getByRole('article').filter({ hasText: 'handbook.pdf' })
  await row.getByRole('button', { name: 'Cancel' }).click()
  await row.getByText('cancelled').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

it('takes 200 files that are dropped at once', async () => {
  const { page, complaints } = await browser.open(`${system.url}/#/jobs`)
  const { buffer } = await example('invoice.pdf')
  // What is evaluated runs in the page. Each is another file: what stands behind the end of a PDF is not read.
  const given = await page.evaluateHandle(`(() => {
    const bytes = Uint8Array.from(atob('${buffer.toString('base64')}'), (character) => character.charCodeAt(0))
    const transfer = new DataTransfer()
    for (let n = 1; n <= 200; n++)
      transfer.items.add(new File([bytes, '% ' + n], 'invoice ' + n + '.pdf', { type: 'application/pdf' }))
    return transfer
  })()`)
  const drop = (type: string) => page.dispatchEvent('body', type, { dataTransfer: given })
  // As browsers do, it is told again and again, until the page is there and hears it.
  const isToldTo = async () => {
    await drop('dragover')
    return page.getByText('Let go to add the files').isVisible()
  }
  await expect.poll(isToldTo).toBe(true)
  await drop('drop')
  await page.getByRole('heading', { level: 1, name: '200 files' }).waitFor()
  await chooseTask(page, 'Extract text')
  await page.getByRole('button', { name: 'Extract text: 200 files', disabled: false }).waitFor()
  await page.locator('.queue-row').getByText('ready').nth(199).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})
