import { settingNames } from '@pdf-smaller/platform'
import { sharedSettings } from '@pdf-smaller/platform/settings'
import { expect, it } from 'vitest'
import { settingsOfServices, systemSettings } from './settings.ts'

it('are listed by their names, no more and no fewer than some service reads', () => {
  const read = new Set([...Object.keys(sharedSettings), ...Object.keys(systemSettings)])
  expect([...settingNames].sort()).toEqual([...read].sort())
})

it('mean the same to every service that reads them, and to the whole system', () => {
  const all: Record<string, unknown> = { ...sharedSettings, ...systemSettings }
  for (const [service, settings] of Object.entries(settingsOfServices))
    for (const [name, schema] of Object.entries(settings))
      expect(all[name], `${name} of ${service}`).toBe(schema)
})

it.each(['gateway', 'compression', 'conversion', 'ocr'] as const)(
  'tell %s no secret of others',
  (service) => {
    expect(Object.keys(settingsOfServices[service])).not.toContain('LLM_API_KEY')
  },
)
