import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { lines } from '@pdf-smaller/testing/pdf/canvas'
import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OpenedPage, type RunningBrowser, startBrowser } from './browser.ts'
import { type Brought, example, haveDone, lineOf } from './steps.ts'

let system: RunningSystem
let browser: RunningBrowser

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startSystemProcess(), startBrowser()])
})
afterAll(async () => {
  await browser.close()
  await system.close()
})

/** Opens the page of a job that was just done. */
async function openDone(words: string, file: Brought): Promise<OpenedPage> {
  const opened = await browser.open(system.url)
  await haveDone(opened.page, words, [file])
  await lineOf(opened.page, file.name).getByRole('link', { name: 'Open' }).click()
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

const markup = (text: string) => `<img src=x onerror="document.title='${text}'">`

it('shows names and texts of files as texts, whatever stands in them', async () => {
  const document = createDocument({ title: markup('owned by a title') })
  lines(document.page(), { x: 40, y: 90 }, [markup('owned by a text')], {
    font: 'Helvetica',
    size: 12,
    leading: 18,
  })
  const name = `${markup('owned by a name')}.pdf`.replaceAll('"', '')
  const file = { name, mimeType: 'application/pdf', buffer: document.save() }
  const { page, complaints } = await openDone('Make searchable', file)
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
