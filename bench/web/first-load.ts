import type { RunningBrowser } from '../../test/web/browser.ts'
import type { Figure } from '../table.ts'

/** Of so many loads the middle counts. */
const loads = 9

/** How long it takes on loopback until the page is seen, and until it can be used; each time with nothing kept. */
export async function measureFirstLoad(browser: RunningBrowser, url: string): Promise<Figure[]> {
  const [painted, usable]: [number[], number[]] = [[], []]
  for (let n = 0; n < loads; n++) {
    const { page } = await browser.open(url)
    // What the document shows by itself can do nothing yet.
    await page.locator('#page:not([inert]) h1').waitFor()
    painted.push(
      Number(await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime`)),
    )
    usable.push(Number(await page.evaluate(`performance.getEntriesByName('page-is-usable')[0]?.startTime`)))
    await page.context().close()
  }
  return [
    { name: 'first paint', value: middle(painted), unit: 'ms', goal: { at: 'most', value: 300 } },
    { name: 'page can be used', value: middle(usable), unit: 'ms', goal: { at: 'most', value: 500 } },
  ]
}

export const middle = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
