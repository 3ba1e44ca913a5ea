import { findProgram } from '../../scripts/provision/find-program.ts'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'

/** What a page looks like to a visitor. */
export type Look = {
  width?: number
  height?: number
  scheme?: 'light' | 'dark'
  language?: 'en' | 'de'
}

/** A page, and whatever its browser has complained of: errors, and what the Content-Security-Policy has forbidden. */
export type OpenedPage = { page: Page; complaints: string[] }

export type RunningBrowser = {
  /** Opens an address in a profile of its own. */
  open: (url: string, look?: Look) => Promise<OpenedPage>
  close: () => Promise<void>
}

/** Starts the Chromium of this machine. */
export async function startBrowser(): Promise<RunningBrowser> {
  const executablePath = findProgram('chromium') ?? findProgram('chromium-browser')
  if (!executablePath) throw new Error('there is no Chromium here: install the package chromium')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], timeout: 120_000 })
  return { open: (url, look) => open(browser, url, look), close: () => browser.close() }
}

async function open(
  browser: Browser,
  url: string,
  { width = 1280, height = 800, scheme = 'light', language = 'en' }: Look = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: language,
    acceptDownloads: true,
  })
  // A bound on what hangs: a busy machine takes several times as long as a quiet one.
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    // What does not come is told by the page; the browser counts each as an error, too. What is forbidden has other words.
    const isMissing = message.text().startsWith('Failed to load resource:')
    if (message.type() === 'error' && !isMissing) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('crash', () => complaints.push('the page crashed'))
  await page.goto(url)
  return { page, complaints }
}

/** An address is to look before its scripts have come as it does then, where the document shows that part of it. */
export async function expectSameLook(page: Page, url: string, part: Locator): Promise<void> {
  // They are still on their way: what does not come is told.
  await page.route('**/assets/*.js', () => {})
  await page.goto(url, { waitUntil: 'commit' })
  await part.waitFor()
  await page.locator('.first.failure').waitFor({ state: 'hidden' })
  await page.evaluate('Promise.all([...document.images].map((image) => image.decode()))')
  const picture = async () => (await page.screenshot()).toString('base64')
  const before = await picture()
  await page.unroute('**/assets/*.js')
  await page.reload()
  await page.locator('#page:not([inert]) h1').waitFor()
  // Its pictures may be drawn a moment later.
  await expect.poll(picture).toBe(before)
}
