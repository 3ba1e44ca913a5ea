import { listTasks } from '@pdf-smaller/contracts/http'
import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningBrowser, startBrowser } from './browser.ts'
import { bring, chooseTask, example, haveDone, isDone, lineOf, start } from './steps.ts'

let system: RunningSystem
let browser: RunningBrowser

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startSystemProcess(), startBrowser()])
})
afterAll(async () => {
  await browser.close()
  await system.close()
})

/** What each task is called on the page, what it is given here, and what there is to see on the page of its job. */
const tasks: Record<string, { words: string; files: string[]; shows: (page: Page) => Promise<unknown> }> = {
  compress: {
    words: 'Make smaller',
    files: ['form.pdf'],
    shows: (page) => page.getByRole('img', { name: 'Page 1 after' }).waitFor(),
  },
  ocr: {
    words: 'Make searchable',
    files: ['fax.pdf'],
    shows: (page) => page.getByRole('option').first().waitFor(),
  },
  merge: {
    words: 'Join',
    files: ['form.pdf', 'invoice.pdf'],
    shows: (page) => page.locator('.leaf img').first().waitFor(),
  },
  split: {
    words: 'Split',
    files: ['bank-statement.pdf'],
    shows: (page) => page.locator('.leaf img').first().waitFor(),
  },
  'convert-to-images': {
    words: 'Make images',
    files: ['bank-statement.pdf'],
    shows: (page) => page.locator('.leaf img').first().waitFor(),
  },
  'extract-text': {
    words: 'Extract text',
    files: ['invoice.pdf'],
    shows: (page) => page.locator('.leaf img').first().waitFor(),
  },
  'extract-invoice': {
    words: 'Read invoice',
    files: ['invoice.pdf'],
    shows: (page) => page.getByRole('button', { name: /^Number/ }).waitFor(),
  },
  'extract-bank-statement': {
    words: 'Read bank statement',
    files: ['bank-statement.pdf'],
    shows: (page) => page.getByText('it adds up', { exact: true }).waitFor(),
  },
}

it('offers every task that people may ask for', async () => {
  const { tasks: all } = listTasks.answers[200].schema.parse(
    await (await fetch(`${system.url}/api/tasks`)).json(),
  )
  const forPeople = all.filter(({ inputs }) => inputs.max > 0).map(({ name }) => name)
  // Of several files in one job there is a test of its own.
  expect(forPeople.toSorted()).toEqual([...Object.keys(tasks), 'bulk-compress'].toSorted())
})

it.each(Object.entries(tasks))(
  'has %s done, and shows what came of it',
  async (_, { words, files, shows }) => {
    const { page, complaints } = await browser.open(system.url)
    await haveDone(page, words, await Promise.all(files.map((name) => example(name))))
    const line = lineOf(page, files[0] ?? '')
    await line.getByRole('link', { name: 'Open' }).click()
    await page.locator('h1:focus').waitFor()
    await shows(page)
    expect(await page.locator('.failure').count()).toBe(0)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the result' }).click()
    expect(await (await download).failure()).toBeNull()
    expect(complaints).toEqual([])
    await page.context().close()
  },
)

it('makes one job of several files, and says at once when a file was done before', async () => {
  const { page, complaints } = await browser.open(system.url)
  await haveDone(page, 'Make smaller', [await example('form.pdf')])
  await page.getByRole('button', { name: 'Clear what is done' }).click()
  await bring(page, [await example('form.pdf'), await example('invoice.pdf')])
  await lineOf(page, 'form.pdf').getByText('Done before: Make smaller').waitFor()
  await chooseTask(page, 'Make smaller')
  await page.getByLabel('All in one job, with one ZIP as its result').check()
  await start(page)
  for (const name of ['form.pdf', 'invoice.pdf']) await isDone(lineOf(page, name))
  await page.getByRole('link', { name: 'Jobs' }).click()
  const row = page.getByRole('article').filter({ hasText: 'Make smaller, in one ZIP' })
  await row.getByRole('link', { name: 'form.pdf and 1 more' }).waitFor()
  expect(complaints).toEqual([])
})
