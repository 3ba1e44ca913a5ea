import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { lines } from '@pdf-smaller/testing/pdf/canvas'
import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { faultsOf } from './axe.ts'
import { expectSameLook, type Look, type OpenedPage, type RunningBrowser, startBrowser } from './browser.ts'
import { bring, type Brought, chooseTask, drop, example, haveDone, lineOf, start } from './steps.ts'

let system: RunningSystem
let browser: RunningBrowser

beforeAll(async () => {
  // Nothing is sent to it: it has only to be one that may be.
  const settings = { PDF_SMALLER_WEBHOOK_NETWORKS: '127.0.0.0/8' }
  ;[system, browser] = await Promise.all([startSystemProcess(settings), startBrowser()])
})
afterAll(async () => {
  await browser.close()
  await system.close()
})

it('opens, moves between its views, and breaks no rule of its policy', async () => {
  const { page, complaints } = await browser.open(system.url)
  for (const name of ['Jobs', 'System', 'Files']) {
    await page.getByRole('navigation').getByRole('link', { name }).click()
    // Focus follows whoever moves, so that screen readers tell where they are.
    await page.locator('h1:focus', { hasText: name }).waitFor()
    expect(await page.title()).toContain(name)
  }
  expect(complaints).toEqual([])
})

it('speaks German to whoever has it', async () => {
  const { page, complaints } = await browser.open(system.url, { language: 'de' })
  await page.getByRole('link', { name: 'Aufträge' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  expect(complaints).toEqual([])
})

it('changes its language and its colours when it is told to, and keeps both over a reload', async () => {
  const { page, complaints } = await browser.open(system.url)
  const root = page.locator('html')
  const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const light = await background()
  await page.getByRole('button', { name: 'DE: Deutsch' }).click()
  await page.getByRole('button', { name: 'Farben: wie das System' }).click()
  await page.getByRole('button', { name: 'Farben: hell' }).click()
  await page.getByRole('button', { name: 'Farben: dunkel' }).waitFor()
  await page.reload()
  await page.getByRole('link', { name: 'Aufträge' }).waitFor()
  expect(await root.getAttribute('data-scheme')).toBe('dark')
  expect(await background()).not.toBe(light)
  expect(complaints).toEqual([])
})

it.each<Look>([{}, { width: 320, scheme: 'dark', language: 'de' }])(
  'looks before its scripts have come as it does then, %j',
  async (look) => {
    const { page, complaints } = await browser.open('about:blank', look)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await expectSameLook(page, system.url, page.locator('.first.welcome'))
    expect(complaints).toEqual([])
    await page.context().close()
  },
)

it.each(['main', 'index', 'loaded'])(
  'says that its script %s does not come, and loads anew',
  async (name) => {
    const { page, complaints } = await browser.open('about:blank')
    const scripts = `**/assets/${name}-*.js`
    await page.route(scripts, (route) => route.fulfill({ status: 404, body: '{}' }))
    await page.goto(system.url)
    await page.getByText('The server does not answer').waitFor()
    expect(await page.getByText('Drop files here').isVisible()).toBe(false)
    await page.unroute(scripts)
    await page.getByRole('button', { name: 'Load the page again' }).click()
    await page.locator('#page:not([inert]) .welcome').waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  },
)

it('keeps files that are dropped before it is there, and lets no browser open them', async () => {
  const { page, complaints } = await browser.open('about:blank')
  const released = Promise.withResolvers<void>()
  await page.route('**/assets/main-*.js', async (route) => {
    await released.promise
    await route.continue()
  })
  await page.goto(system.url, { waitUntil: 'commit' })
  await page.locator('.first.welcome').waitFor()
  expect(await drop(page, 'early.pdf')).toEqual([true, true])
  released.resolve()
  await lineOf(page, 'early.pdf').waitFor()
  expect(await page.locator('.queue-row').count()).toBe(1)
  expect(complaints).toEqual([])
  await page.context().close()
})

it('works in a browser that has little of what it uses, or does not answer', async () => {
  const { page, complaints } = await browser.open('about:blank')
  await page.addInitScript(`
    delete globalThis.BroadcastChannel
    delete globalThis.EventSource
    delete globalThis.Worker
    indexedDB.open = () => new EventTarget()
    // Nobody waits long for what never answers.
    const later = setTimeout
    globalThis.setTimeout = (act, ms) => later(act, Math.min(ms ?? 0, 100))`)
  await page.goto(system.url)
  await bring(page, [await example('form.pdf')])
  await lineOf(page, 'form.pdf').getByText('ready', { exact: true }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

it('takes files that are pasted, wherever one is', async () => {
  const { page, complaints } = await browser.open(`${system.url}/#/jobs`)
  await page.locator('#page:not([inert]) h1').waitFor()
  const { buffer } = await example('form.pdf')
  await page.evaluate(`(() => {
    const bytes = Uint8Array.from(atob('${buffer.toString('base64')}'), (character) => character.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([bytes], 'pasted.pdf', { type: 'application/pdf' }))
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }))
  })()`)
  await lineOf(page, 'pasted.pdf').getByText('ready', { exact: true }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

it('keeps focus near where something was taken away, and sets nothing off by that', async () => {
  const { page, complaints } = await browser.open(system.url)
  await bring(page, await Promise.all(['form.pdf', 'invoice.pdf'].map((name) => example(name))))
  const takeOff = (name: string) =>
    page.getByRole('button', { name: `Take off the list: ${name}` }).press('Enter')
  await takeOff('form.pdf')
  await page.locator('.queue-row:focus').getByText('invoice.pdf').waitFor()
  await takeOff('invoice.pdf')
  await page.locator('main:focus').getByText('Drop files here').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

it('makes a webhook, shows its secret once, and deletes it', async () => {
  const { page, complaints } = await browser.open(`${system.url}/#/system/webhooks`)
  await page.getByText('There are no webhooks.').waitFor()
  await page.getByRole('button', { name: 'Add a webhook' }).click()
  await page.getByLabel('Address').fill('http://127.0.0.1:9/events')
  await page.getByLabel('Name').fill('books')
  expect(await faultsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  const secret = await page.getByLabel('Secret', { exact: true }).inputValue()
  expect(secret).toMatch(/^whsec_/)
  await page.getByRole('button', { name: 'I have it' }).click()
  await page.getByRole('heading', { name: 'books' }).waitFor()
  // Focus is where it was before the first of the two dialogs.
  await page.locator('button:focus', { hasText: 'Add a webhook' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Delivery log books' }).click()
  expect(await page.content()).not.toContain(secret)
  // Pressed twice, it makes one new secret; what is told beside that can be put away.
  const rotations: string[] = []
  const released = Promise.withResolvers<void>()
  await page.route('**/rotate', async (route) => {
    rotations.push(route.request().url())
    await released.promise
    await route.continue()
  })
  await page.getByRole('button', { name: 'New secret' }).dblclick()
  released.resolve()
  expect(await page.getByLabel('Secret', { exact: true }).inputValue()).not.toBe(secret)
  expect(rotations).toHaveLength(1)
  await page.getByRole('dialog').getByRole('status').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'I have it' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('There are no webhooks.').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

it('lets an integrator in, shows its password once, and ends it', async () => {
  const { page, complaints } = await browser.open(`${system.url}/#/system/integrators`)
  await page.getByRole('button', { name: 'Let one in' }).click()
  await page.getByLabel('Name').fill('ledger')
  await page.keyboard.press('Enter')
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).not.toBe('')
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'I have it' }).click()
  await page.getByRole('button', { name: 'End: ledger' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End' }).click()
  await page.getByText('There are no integrators.').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

/** Opens the page of a job that was just done. */
async function openDone(words: string, file: Brought, shown = file.name): Promise<OpenedPage> {
  const opened = await browser.open(system.url)
  await haveDone(opened.page, words, [{ ...file, shown }])
  await lineOf(opened.page, shown).getByRole('link', { name: 'Open' }).click()
  return opened
}

it('compares before and after by keyboard', async () => {
  const { page, complaints } = await openDone('Make smaller', await example('fax.pdf'))
  for (const name of ['Page 1 before', 'Page 1 after']) await page.getByRole('img', { name }).waitFor()
  const slider = page.getByRole('slider', { name: 'Where before ends and after begins' })
  const room = page.getByRole('region', { name: 'Page 1, before and after' })
  const cut = () => room.getAttribute('style')
  const before = await cut()
  await slider.focus()
  await page.keyboard.press('End')
  await page.locator('[aria-valuetext="before up to 100 per cent of the width"]').waitFor()
  expect(await cut()).not.toBe(before)
  await page.keyboard.press('ArrowLeft')
  await page.locator('[aria-valuetext="before up to 99 per cent of the width"]').waitFor()
  await page.getByRole('button', { name: 'Next page' }).press('Enter')
  for (const name of ['Page 2 before', 'Page 2 after']) await page.getByRole('img', { name }).waitFor()
  await page.getByRole('heading', { name: 'How it became smaller' }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

it('corrects a value of an invoice, which stays so', async () => {
  const { page, complaints } = await openDone('Read invoice', await example('invoice.pdf'))
  const number = page.getByRole('button', { name: /^Number/ })
  await number.click()
  await number.click()
  await page.getByLabel('Number should be').fill('BW-2026-9999')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Number BW-2026-9999/ }).waitFor()
  await page.getByText('A value was corrected').waitFor()
  await page.reload()
  await page.getByRole('button', { name: /^Number BW-2026-9999/ }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

it('writes amounts as the language does, and takes them so', async () => {
  const { page, complaints } = await browser.open(system.url, { language: 'de' })
  await bring(page, [await example('invoice.pdf')])
  await chooseTask(page, 'Rechnung lesen')
  await start(page)
  await page.getByRole('link', { name: 'Öffnen' }).click()
  const amount = page.getByRole('button', { name: /^Brutto/ }).last()
  await amount.getByText('1.461,00 GBP').waitFor()
  await amount.click()
  await amount.click()
  await page.getByLabel('sollte sein').fill('12.345,60 GBP')
  await page.keyboard.press('Enter')
  await amount.getByText('12.345,60 GBP').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

const markup = (text: string) => `<img src=x onerror="document.title='${text}'">`

it('shows names and texts of files as texts, whatever stands in them', async () => {
  const document = createDocument({ title: markup('owned by a title') })
  lines(document.page(), { x: 40, y: 90 }, [markup('owned by a text')], {
    font: 'Helvetica',
    size: 12,
    leading: 18,
  })
  // What turns around the rest of a line is seen here, and taken out by the service.
  const given = `${markup('owned by a name')}\u202efdp.exe.pdf`.replaceAll('"', '')
  const [shown, name] = [given.replace('\u202e', '\ufffd'), given.replace('\u202e', '')]
  const file = { name: given, mimeType: 'application/pdf', buffer: document.save() }
  const { page, complaints } = await openDone('Make searchable', file, shown)
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await page.getByRole('option', { name: 'src=x', exact: true }).waitFor()
  await isHarmless(page)
  await page.getByRole('link', { name: 'Jobs' }).click()
  await page.getByRole('link', { name }).waitFor()
  await isHarmless(page)
  expect(complaints).toEqual([])
  await page.context().close()
})

async function isHarmless(page: Page): Promise<void> {
  expect(await page.locator('img[src="x"]').count()).toBe(0)
  expect(await page.title()).not.toMatch(/^owned/)
}
