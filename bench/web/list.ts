import type { CDPSession, Page } from 'playwright-core'
import type { RunningBrowser } from '../../test/web/browser.ts'
import type { Figure } from '../table.ts'
import { middle } from './first-load.ts'

const updates = 40
const steps = 60

/** What the list of all jobs, unfolded, takes of the page's one thread: for a job that changes, and for a step of scrolling. */
export async function measureList(browser: RunningBrowser, url: string, count: number): Promise<Figure[]> {
  const { page } = await browser.open(`${url}/#/jobs`)
  await showAll(page, count)
  const measured = await page.context().newCDPSession(page)
  await measured.send('Performance.enable', { timeDomain: 'threadTicks' })
  const changes: number[] = []
  const ids = await page.evaluate<string[]>(
    `[...document.querySelectorAll('a.job-name')].map((link) => link.hash.slice('#/jobs/'.length))`,
  )
  for (const id of ids.slice(0, updates)) changes.push(await taskMs(measured, () => cancel(page, url, id)))
  const scrolls: number[] = []
  for (let n = 0; n < steps; n++) scrolls.push(await taskMs(measured, () => scroll(page)))
  await page.context().close()
  const goal = { at: 'most', value: 16 } as const
  const rows = `with ${count.toLocaleString('en')} jobs`
  return [
    { name: `list, a job changes, ${rows}`, value: middle(changes), unit: 'ms', goal },
    { name: `list, a step of scrolling, ${rows}`, value: middle(scrolls), unit: 'ms', goal },
  ]
}

/** Unfolds all batches, and scrolls on until every job is there. */
async function showAll(page: Page, count: number): Promise<void> {
  await page.locator('.window-row').first().waitFor()
  const lines = async () => Number(await page.locator('.window-row').first().getAttribute('aria-setsize'))
  while ((await lines()) < count) {
    const folded = page.getByRole('button', { name: /^Show/ })
    if ((await folded.count()) > 0) await folded.first().click()
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)')
    await page.waitForTimeout(50)
  }
  await page.evaluate('scrollTo(0, 0)')
  await page.locator('.window-row[aria-posinset="1"]').waitFor()
}

/** Cancels a job at the service, and resolves when its row says so. */
async function cancel(page: Page, url: string, id: string): Promise<void> {
  const told = page.evaluate(`new Promise((done) => {
    const row = document.querySelector('a.job-name[href$="${id}"]').closest('.job-row')
    new MutationObserver(() => row.textContent.includes('cancelled') && done())
      .observe(row, { subtree: true, childList: true, characterData: true })
  })`)
  await fetch(`${url}/api/jobs/${id}/cancel`, { method: 'POST' })
  await told
}

async function scroll(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((done) => { scrollBy(0, 700); requestAnimationFrame(() => requestAnimationFrame(done)) })',
  )
}

/** The processor time of the page's thread meanwhile, ms, the measuring included. */
async function taskMs(measured: CDPSession, act: () => Promise<void>): Promise<number> {
  const before = await busyMs(measured)
  await act()
  return (await busyMs(measured)) - before
}

async function busyMs(measured: CDPSession): Promise<number> {
  const { metrics } = await measured.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}
