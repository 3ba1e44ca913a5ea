import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { startSystemProcess } from '@pdf-smaller/testing/system'
import { type RunningBrowser, startBrowser } from '../../test/web/browser.ts'
import { show, type View, viewsOf } from '../../test/web/views.ts'

/**
 * `npm run screenshots` draws the pictures of the README anew; with a folder, every view in every width and both schemes
 * is drawn there, to be looked at.
 */

const inReadme = ['files', 'jobs', 'compare', 'words', 'invoice', 'system']
const docs = path.join(import.meta.dirname, '../../docs/screenshots')

/** Of the pictures in the README; twice as many pixels as they are shown with would be seen by few and loaded by all. */
const readmeSize = { width: 1280, height: 800 }
const sizes = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
  { width: 3840, height: 2160 },
]
const schemes = ['light', 'dark'] as const

async function forReadme(browser: RunningBrowser, url: string, views: readonly View[]): Promise<void> {
  await mkdir(docs, { recursive: true })
  for (const view of views.filter(({ name }) => inReadme.includes(name))) {
    const { page } = await browser.open('about:blank', readmeSize)
    await show(page, url, view)
    const picture = await sharp(await page.screenshot())
      .webp({ quality: 85 })
      .toBuffer()
    await writeFile(path.join(docs, `${view.name}.webp`), picture)
    await page.context().close()
  }
}

async function forLooking(
  browser: RunningBrowser,
  url: string,
  views: readonly View[],
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const size of sizes)
    for (const scheme of schemes)
      for (const view of views) {
        const { page } = await browser.open('about:blank', { ...size, scheme })
        await show(page, url, view)
        await page.screenshot({
          path: path.join(folder, `${view.name}-${size.width}-${scheme}.png`),
          fullPage: true,
        })
        await page.context().close()
      }
}

const [folder] = process.argv.slice(2)
const [system, browser] = await Promise.all([startSystemProcess(), startBrowser()])
try {
  const views = await viewsOf(system.url)
  await (folder ? forLooking(browser, system.url, views, folder) : forReadme(browser, system.url, views))
} finally {
  await browser.close()
  await system.close()
}
