import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningBrowser, startBrowser } from './browser.ts'

let system: RunningSystem
let browser: RunningBrowser

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startSystemProcess(), startBrowser()])
})
afterAll(async () => {
  await browser.close()
  await system.close()
})

it('opens, moves between its views, and breaks no rule of its policy', async () => {
  const { page, complaints } = await browser.open(system.url)
  for (const name of ['Jobs', 'System', 'Files']) {
    await page.getByRole('navigation').getByRole('link', { name }).click()
    // Focus follows whoever moves, so that screen readers tell where they are.
    await page.locator('h1:focus', { hasText: name }).waitFor()
    expect(await page.title()).toContain(name)
  }
  expect(complaints).toEqual([])
})

it('speaks German to whoever has it', async () => {
  const { page, complaints } = await browser.open(system.url, { language: 'de' })
  await page.getByRole('link', { name: 'Aufträge' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  expect(complaints).toEqual([])
})
