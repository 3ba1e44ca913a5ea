import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { faultsOf } from './axe.ts'
import { expectSameLook, type Look, type RunningBrowser, startBrowser } from './browser.ts'
import { bring, chooseTask, drop, example, haveDone, isDone, lineOf, start } from './steps.ts'
import { hasLoaded } from './views.ts'

const key = 'a-key-that-only-this-test-has'
const otherKey = 'a-key-of-somebody-else'

let system: RunningSystem
let browser: RunningBrowser
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-web-'))
  const keys = path.join(folder, 'keys.json')
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
  const known = [key, otherKey].map((each, index) => ({
    id: `key-${index}`,
    tenant: `tenant-${index}`,
    sha256: hashOf(each),
    scopes: ['submit', 'read'],
  }))
  await writeFile(keys, JSON.stringify(known))
  ;[system, browser] = await Promise.all([
    startSystemProcess({ PDF_SMALLER_KEYS_FILE: keys }),
    startBrowser(),
  ])
})
async function show(page: Page, text: string): Promise<void> {
  await page.getByLabel('API key').fill(text)
  await page.keyboard.press('Enter')
}

afterAll(async () => {
  await browser.close()
  await system.close()
  await rm(folder, { recursive: true })
})

it('asks for a key, works with the right one in this tab alone, and never puts it into an address', async () => {
  const { page, complaints } = await browser.open(system.url)
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  await page.getByRole('heading', { name: 'This server asks for a key' }).waitFor()
  await page.getByLabel('API key').fill('a-wrong-one')
  await page.keyboard.press('Enter')
  await page.getByText('The server does not accept this key.').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel('API key').fill(key)
  await page.keyboard.press('Enter')
  await page.getByText('Drop files here').waitFor()
  await haveDone(page, 'Make smaller', [await example('form.pdf')])
  await page.getByRole('link', { name: 'Open' }).click()
  await page.getByRole('img', { name: 'Page 1 after' }).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download the result' }).click()
  expect(await (await download).failure()).toBeNull()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'form.pdf' }).waitFor()
  await page.getByRole('link', { name: 'System' }).click()
  // What is for others to see is refused, and that is told once.
  await page.locator('.failure').waitFor()
  await hasLoaded(page)
  expect(await page.locator('.failure').count()).toBe(1)
  expect(addresses.some((address) => address.includes('/api/events?'))).toBe(true)
  expect(addresses.filter((address) => address.includes(key))).toEqual([])
  const other = await page.context().newPage()
  await other.goto(system.url)
  await other.getByRole('heading', { name: 'This server asks for a key' }).waitFor()
  expect(complaints).toEqual([])
})

it.each<Look>([{}, { width: 320, scheme: 'dark', language: 'de' }])(
  'asks for a key before its scripts have come, and looks the same then, %j',
  async (look) => {
    const { page, complaints } = await browser.open('about:blank', look)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await expectSameLook(page, system.url, page.locator('.first.ask-key'))
    expect(complaints).toEqual([])
    await page.context().close()
  },
)

it('keeps files that are brought before a key is accepted for whoever shows that, and for nobody else', async () => {
  const { page, complaints } = await browser.open(system.url)
  await page.getByRole('heading', { name: 'This server asks for a key' }).waitFor()
  await drop(page, 'before.pdf')
  await page.getByText('1 file waits for it').waitFor()
  for (const wrong of ['a-wrong-one', 'long'.repeat(5000)]) {
    await show(page, wrong)
    await page.getByText('The server does not accept this key.').waitFor()
    await drop(page, `behind-${wrong.slice(0, 4)}.pdf`)
  }
  await show(page, key)
  const areReady = async () => {
    for (const name of ['before.pdf', 'behind-a-wr.pdf', 'behind-long.pdf'])
      await lineOf(page, name).getByText('ready', { exact: true }).waitFor()
  }
  await areReady()
  await page.reload()
  await areReady()
  const other = await page.context().newPage()
  await other.goto(system.url)
  await show(other, otherKey)
  await other.getByText('Drop files here').waitFor()
  expect(await other.locator('.queue-row').count()).toBe(0)
  expect(complaints).toEqual([])
})

it('takes a key and files where the browser lets no page keep anything', async () => {
  const { page, complaints } = await browser.open('about:blank')
  await page.addInitScript(`
    const deny = () => { throw new DOMException('Access is denied', 'SecurityError') }
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { get: deny })
    IDBFactory.prototype.open = deny
    LockManager.prototype.request = async () => deny()`)
  await page.goto(system.url)
  await show(page, key)
  await haveDone(page, 'Make smaller', [await example('form.pdf')])
  expect(complaints).toEqual([])
  await page.context().close()
})

it('takes files while the key that was just shown is still being worked on', async () => {
  const { page, complaints } = await browser.open('about:blank')
  const released = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  await page.route('**/sha256.worker*', async (route) => {
    asked.resolve()
    await released.promise
    await route.continue()
  })
  await page.goto(system.url)
  await page.getByLabel('API key').fill(key)
  await page.keyboard.press('Enter')
  await page.getByText('Drop files here').waitFor()
  await bring(page, [await example('form.pdf')])
  await lineOf(page, 'form.pdf').getByText('ready', { exact: true }).waitFor()
  await asked.promise
  released.resolve()
  await chooseTask(page, 'Make smaller')
  await start(page)
  await isDone(lineOf(page, 'form.pdf'))
  await page.reload()
  await lineOf(page, 'form.pdf').waitFor()
  expect(complaints).toEqual([])
})

it('forgets a key in one tab, while another one with the same key goes on with what both had', async () => {
  const { page, complaints } = await browser.open(system.url)
  const released = Promise.withResolvers<void>()
  await page.context().route('**/api/uploads/**', async (route) => {
    await released.promise
    // Of what a tab has given up nobody waits for an answer.
    await route.continue().catch(() => {})
  })
  const other = await page.context().newPage()
  await other.goto(system.url)
  for (const tab of [page, other]) {
    await show(tab, key)
    await tab.getByText('Drop files here').waitFor()
  }
  await bring(page, [await example('form.pdf')])
  for (const tab of [page, other]) await lineOf(tab, 'form.pdf').locator('progress').waitFor()
  await page.getByRole('button', { name: 'Forget the key' }).click()
  await page.getByRole('heading', { name: 'This server asks for a key' }).waitFor()
  expect(await page.getByText('waits for it').count()).toBe(0)
  released.resolve()
  const isReady = () => lineOf(other, 'form.pdf').getByText('ready', { exact: true }).waitFor()
  await isReady()
  await other.reload()
  await isReady()
  expect(complaints).toEqual([])
})
