import { readFile } from 'node:fs/promises'
import { JobView } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import { until } from '@pdf-smaller/testing/system'
import type { Page } from 'playwright-core'
import { bring, example } from './steps.ts'

/** A view of the page: its address, and what is seen when all of it is there. */
export type View = {
  name: string
  address: string
  bringsFiles?: true
  isThere: (page: Page) => Promise<unknown>
}

const examples = new URL('../../examples/', import.meta.url)

type Made = { name: string; task: string; files: string[]; options?: Record<string, unknown>; there: string }

/** One job for each kind of page that a job can have, with a selector of what its page shows last. */
const made: readonly Made[] = [
  {
    name: 'compare',
    task: 'compress',
    files: ['brochure.pdf'],
    options: { level: 'maximum' },
    there: 'img.compare-after',
  },
  { name: 'words', task: 'ocr', files: ['fax.pdf'], options: { hocr: true }, there: '.word-box' },
  { name: 'invoice', task: 'extract-invoice', files: ['invoice.pdf'], there: '.field-box' },
  { name: 'statement', task: 'extract-bank-statement', files: ['bank-statement.pdf'], there: '.field-box' },
  { name: 'images', task: 'convert-to-images', files: ['bank-statement.pdf'], there: '.leaf img >> nth=1' },
  { name: 'merged', task: 'merge', files: ['form.pdf', 'invoice.pdf'], there: '.leaf img >> nth=1' },
  {
    name: 'split',
    task: 'split',
    files: ['bank-statement.pdf'],
    options: { every: 1 },
    there: '.leaf img >> nth=1',
  },
]

/** Has jobs of all kinds done by a system, one of them failing, and gives every view that it has then. */
export async function viewsOf(url: string): Promise<View[]> {
  const jobs = await Promise.all(
    made.map(async ({ name, there, ...asked }) => {
      const files = await Promise.all(
        asked.files.map(async (file) => part(file, await readFile(new URL(file, examples)))),
      )
      const { id } = await jobOf(url, asked.task, files, asked.options)
      return { name, address: `#/jobs/${id}`, isThere: (page: Page) => page.locator(there).first().waitFor() }
    }),
  )
  const failed = await jobOf(url, 'compress', [part('torn.pdf', Buffer.from('%PDF-1.7\nthis is cut off'))])
  const at = (name: string, address: string, selector: string): View => ({
    name,
    address,
    isThere: (page) => page.locator(selector).first().waitFor(),
  })
  return [
    at('welcome', '#/', '.welcome'),
    { ...at('files', '#/', '.level-much'), bringsFiles: true },
    at('jobs', '#/jobs', '.job-row'),
    ...jobs,
    at('failed', `#/jobs/${failed.id}`, '.failure'),
    at('system', '#/system', '.plot canvas'),
    ...['again', 'webhooks', 'integrators', 'keys'].map((part) =>
      at(part, `#/system/${part}`, '[role=tabpanel] p'),
    ),
    at('nowhere', '#/nowhere', '.empty'),
  ]
}

/** Opens a view anew, and resolves when all of it is there. */
export async function show(page: Page, url: string, view: View): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('about:blank')
  await page.goto(`${url}/${view.address}`)
  if (view.bringsFiles && (await page.locator('.queue-row').count()) === 0)
    await bring(page, await Promise.all(['brochure.pdf', 'scan-colour.pdf'].map((name) => example(name))))
  await view.isThere(page)
  await hasLoaded(page)
}

/** Resolves when nothing is on its way any more that the page keeps room for; there may be any number of such places. */
export const hasLoaded = (page: Page): Promise<void> => page.locator('body:not(:has(.skeleton))').waitFor()

const part = (name: string, bytes: Buffer) => ({ name, bytes })

async function jobOf(
  url: string,
  task: string,
  files: readonly { name: string; bytes: Buffer }[],
  options: Record<string, unknown> = {},
): Promise<JobView> {
  const form = new FormData()
  for (const { name, bytes } of files)
    form.append('file', new Blob([Uint8Array.from(bytes)], { type: 'application/pdf' }), name)
  form.set('options', JSON.stringify(options))
  const asked = { method: 'POST', body: form, headers: { prefer: 'wait=60' } }
  const job = JobView.parse(await (await fetch(`${url}/api/tasks/${task}/jobs`, asked)).json())
  // A busy machine takes longer for all of them than one answer is waited for.
  const now = async () => JobView.parse(await (await fetch(`${url}/api/jobs/${job.id}`)).json())
  await until(`${task} is done`, async () => isDecided(await now()))
  return job
}
