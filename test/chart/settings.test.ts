import { settingsOfServices } from '@pdf-smaller/all/settings'
import { sharedSettings } from '@pdf-smaller/platform/settings'
import { describe, expect, it } from 'vitest'
import { chartSettings, filesFor, notOnKubernetes, setByChart } from '../../scripts/docs/chart-settings.ts'
import { environmentOf, type Manifest, podsOf } from './manifest.ts'
import { render, type Values, valueSets } from './render.ts'

const prefix = 'PDF_SMALLER_'
const { every, services } = chartSettings()
const everybody = Object.fromEntries(
  Object.keys(services)
    .filter((service) => !['gateway', 'streams'].includes(service))
    .map((worker) => [worker, { enabled: true }]),
)
const sets: Manifest[][] = []
for (const set of valueSets) sets.push(await render(set, { workers: everybody }))
for (const way of ['user', 'nkey'])
  sets.push(await render('minimal', { nats: { [way]: { existingSecret: 'nats-token' } } }))

/** Settings of a service, without the prefix, as the chart gives them with each value set that has it. */
const environmentsOf = (service: string) => sets.map((manifests) => settingsIn(manifests, service))

function settingsIn(manifests: Manifest[], service: string): Record<string, string> {
  const pods = podsOf(manifests).find(({ component }) => component === service)
  const found = pods ? environmentOf(pods.container, manifests) : {}
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  )
}

describe.each(Object.entries(settingsOfServices))('the settings of %s', (service, own) => {
  const names = Object.keys({ ...sharedSettings, ...own })
  const byValues = Object.keys({ ...every, ...services[service] })

  it('are all that the chart sets', () => {
    for (const environment of environmentsOf(service))
      expect(names).toEqual(expect.arrayContaining(Object.keys(environment)))
  })

  it('can each be set, by a name among the values or by a value of their own', () => {
    const left = names.filter((name) => ![...byValues, ...setByChart, ...notOnKubernetes].includes(name))
    expect(left).toEqual([])
    const set = new Set(environmentsOf(service).flatMap((environment) => Object.keys(environment)))
    const wanted = names.filter((name) => setByChart.includes(name) && concerns(service, name))
    expect([...set]).toEqual(expect.arrayContaining(wanted))
  })
})

/** Whether a service is told of a setting that the chart decides: files go to some, the step needs the event store alone. */
function concerns(service: string, name: string): boolean {
  if (filesFor[name]) return filesFor[name].includes(service)
  if (service === 'streams') return /^(NATS|EVENT)_/.test(name)
  return service !== 'webhooks' || !/^(S3_|STORAGE)/.test(name)
}

it('reach every service that reads them, from one place or from its own', async () => {
  const valueOf = (choices: string[] | undefined, index: number) => choices?.at(-1) ?? 100 + index
  const all = Object.assign({}, every, ...Object.values(services))
  const settings: Values = Object.fromEntries(
    Object.keys(all).map((name, index) => [name, valueOf(all[name], index)]),
  )
  const manifests = await render('minimal', { settings })
  for (const [service, own] of Object.entries(services)) {
    const given = settingsIn(manifests, service)
    for (const name of Object.keys({ ...every, ...own }))
      // The chart's own values say something of this one by service.
      if (name !== 'TASK_MEMORY_MB') expect(given[name], `${name} of ${service}`).toBe(String(settings[name]))
  }
  const own = await render('minimal', { settings: { LOG_LEVEL: 'warn' }, ...ownOf('LOG_LEVEL', 'debug') })
  expect(settingsIn(own, 'ocr')['LOG_LEVEL']).toBe('debug')
  expect(settingsIn(own, 'conversion')['LOG_LEVEL']).toBe('warn')
})

const ownOf = (name: string, value: string) => ({ workers: { ocr: { settings: { [name]: value } } } })

it('are written as numbers that services read, however large or small', () => {
  const [given] = environmentsOf('ocr').filter((environment) => environment['MAX_OBJECTS'] !== undefined)
  expect(given).toMatchObject({ MAX_OBJECTS: '2000000', RETRY_PACE: '0.5' })
})

it('are taken by the services as they are', async () => {
  const { loadConfig } = await import('@pdf-smaller/platform')
  for (const manifests of sets)
    for (const [service, own] of Object.entries(settingsOfServices)) {
      const given = settingsIn(manifests, service)
      if (Object.keys(given).length === 0) continue
      const plain = Object.entries(given).map(([name, value]) => [
        prefix + name,
        // Of this machine and of Secrets, and known at run time alone.
        value.startsWith('{') ? '1' : value,
      ])
      expect(() => loadConfig(own, Object.fromEntries(plain)), service).not.toThrow()
    }
})
