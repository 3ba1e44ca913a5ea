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

it('changes its language and its colours when it is told to, and keeps both over a reload', async () => {
  const { page, complaints } = await browser.open(system.url)
  const root = page.locator('html')
  const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const light = await background()
  await page.getByRole('button', { name: 'DE: Deutsch' }).click()
  await page.getByRole('button', { name: 'Farben: wie das System' }).click()
  await page.getByRole('button', { name: 'Farben: hell' }).click()
  await page.getByRole('button', { name: 'Farben: dunkel' }).waitFor()
  await page.reload()
  await page.getByRole('link', { name: 'Aufträge' }).waitFor()
  expect(await root.getAttribute('data-scheme')).toBe('dark')
  expect(await background()).not.toBe(light)
  expect(complaints).toEqual([])
})
