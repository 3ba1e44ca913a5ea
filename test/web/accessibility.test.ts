import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { faintOf, faultsOf } from './axe.ts'
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

/** All widths and schemes: of those that have another width or scheme in common with one before, the colours alone. */
const looks = [
  { width: 1280, colorScheme: 'light', faults: faultsOf },
  { width: 1280, colorScheme: 'dark', faults: faintOf },
  { width: 320, colorScheme: 'dark', faults: faultsOf },
  { width: 320, colorScheme: 'light', faults: faintOf },
] as const

it('has no view that breaks a rule of WCAG 2.2, light or dark, on phones or desks', async () => {
  const views = await viewsOf(system.url)
  const { page, complaints } = await browser.open('about:blank')
  const faults: string[] = []
  for (const view of views) {
    await show(page, system.url, view)
    for (const { width, colorScheme, faults: faultsIn } of looks) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const fault of await faultsIn(page))
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
