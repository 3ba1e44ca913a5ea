import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'

/** A file as the browser is given it; `shown` is its name on the page, where that is another. */
export type Brought = { name: string; mimeType: string; buffer: Buffer; shown?: string }

const examples = new URL('../../examples/', import.meta.url)

/** Where an example lies. */
export const pathOf = (name: string): string => fileURLToPath(new URL(name, examples))

export async function example(name: string, as = name): Promise<Brought> {
  return {
    name: path.basename(as),
    mimeType: 'application/pdf',
    buffer: await readFile(new URL(name, examples)),
  }
}

/** Gives the browser's own choice of files these. */
export async function bring(page: Page, files: readonly Brought[]): Promise<void> {
  await page
    .locator('input[data-chooser]')
    .setInputFiles(files.map(({ name, mimeType, buffer }) => ({ name, mimeType, buffer })))
}

/** Drops a file of a few bytes onto the page. @returns whether the page has kept the browser from opening it, by event */
export const drop = (page: Page, name: string): Promise<boolean[]> =>
  page.evaluate(`['dragover', 'drop'].map((type) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['%PDF-1.4'], '${name}', { type: 'application/pdf' }))
    return !document.documentElement.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  })`)

/** Chooses a task by its words. */
export async function chooseTask(page: Page, words: string): Promise<void> {
  await page.getByRole('radio', { name: words, exact: true }).check()
}

/** Presses the one primary button, when it can be. */
export async function start(page: Page): Promise<void> {
  await page.locator('button[type=submit]:enabled').click()
}

/** The line of a file in the queue. */
export const lineOf = (page: Page, name: string): Locator =>
  page.locator('.queue-row').filter({ has: page.getByText(name, { exact: true }) })

/** Brings files, has a task done, and waits until every one of them says so. */
export async function haveDone(page: Page, words: string, files: readonly Brought[]): Promise<void> {
  await bring(page, files)
  await chooseTask(page, words)
  await start(page)
  for (const { name, shown = name } of files) await isDone(lineOf(page, shown))
}

export const isDone = (line: Locator): Promise<void> => line.getByText('done', { exact: true }).waitFor()
