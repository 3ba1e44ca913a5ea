import { AxeBuilder } from '@axe-core/playwright'
import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningBrowser, startBrowser } from './browser.ts'
import { show, viewsOf } from './views.ts'

let system: RunningSystem
let browser: RunningBrowser

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startSystemProcess(), startBrowser()])
})
afterAll(async () => {
  await browser.close()
  await system.close()
})

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What breaks a rule of WCAG 2.2, levels A and AA, with the first elements that do; in the dark only colours are others. */
async function faultsOf(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  if (scheme === 'dark') axe.withRules(['color-contrast'])
  else axe.withTags(tags).options({ rules: { 'target-size': { enabled: true } } })
  // The page has no frames, so that none has to be asked from a page of its own.
  const { violations } = await axe.setLegacyMode().analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${JSON.stringify(nodes.slice(0, 3).map(({ html }) => html))}`,
  )
}

it('has no view that breaks a rule of WCAG 2.2, light or dark, on phones or desks', async () => {
  const views = await viewsOf(system.url)
  const { page, complaints } = await browser.open('about:blank')
  const faults: string[] = []
  for (const view of views) {
    await show(page, system.url, view)
    for (const width of [1280, 320])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 800 })
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        for (const fault of await faultsOf(page, colorScheme))
          faults.push(`${view.name}, ${width}, ${colorScheme}: ${fault}`)
        const sideways = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
        if (sideways) faults.push(`${view.name}, ${width}: it scrolls sideways`)
      }
    const primaries = await page.locator('.button-primary').count()
    if (primaries > 1) faults.push(`${view.name}: it has ${primaries} primary actions`)
  }
  expect(faults).toEqual([])
  expect(complaints).toEqual([])
}, 600_000)
