import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { channels } from '@pdf-smaller/contracts'
import { openMetrics } from '@pdf-smaller/platform'
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { list, podsOf, record, selects } from './manifest.ts'
import { chart, render } from './render.ts'

/** Metrics by the names that queries use, each with its labels. */
const metrics = new Map<string, readonly string[]>()
for (const metric of openMetrics().registry.getMetricsAsArray()) {
  const { name, type, labelNames } = z
    .looseObject({ name: z.string(), type: z.string(), labelNames: z.array(z.string()) })
    .parse(metric)
  if (type !== 'histogram') metrics.set(name, labelNames)
  else
    for (const [end, more] of Object.entries({ bucket: ['le'], sum: [], count: [] }))
      metrics.set(`${name}_${end}`, [...labelNames, ...more])
}
/** What Prometheus makes by itself, and what it adds to each metric. */
const foreign = new Set(['up'])
const added = ['namespace', 'service', 'pod', 'job', 'instance']

const Alerts = z.array(z.object({ alert: z.string(), expr: z.string() }).loose())
const Dashboard = z.looseObject({
  panels: z.array(
    z.looseObject({
      title: z.string(),
      targets: z.array(z.looseObject({ expr: z.string(), legendFormat: z.string() })),
    }),
  ),
})
const file = (name: string) => readFile(path.join(chart, 'files', name), 'utf8')
const alerts = Alerts.parse(parse(await file('alerts.yaml')))
const { panels } = Dashboard.parse(JSON.parse(await file('dashboard.json')))
const queries = [
  ...alerts.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
]

/** The names of metrics and labels in a query, by its grammar. */
function partsOf(query: string): { metrics: string[]; labels: string[]; faults: number } {
  const found = { metrics: new Array<string>(), labels: new Array<string>(), faults: 0 }
  parser.parse(query).iterate({
    enter: ({ type, node, from, to }) => {
      const text = query.slice(from, to)
      if (type.isError) found.faults++
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector') found.metrics.push(text)
      if (type.name === 'LabelName') found.labels.push(text)
    },
  })
  return found
}

describe.each(queries)('the query of %s', (_, query) => {
  const parts = partsOf(query)

  it('is one', () => expect(parts.faults).toBe(0))

  it('asks for metrics that services have, by labels that these have', () => {
    expect(parts.metrics).not.toEqual([])
    const known = parts.metrics.flatMap((name) =>
      foreign.has(name) ? [] : [[name, metrics.get(name)] as const],
    )
    for (const [name, labels] of known) expect(labels, name).toBeDefined()
    const labels = known.flatMap(([, names]) => names ?? [])
    expect([...labels, ...added]).toEqual(expect.arrayContaining(parts.labels))
  })
})

it('would tell what is wrong with a query', () => {
  expect(partsOf('sum by (domain) (rate(pdf_jobs[5m])').faults).toBeGreaterThan(0)
  expect(partsOf('sum by (x) (pdf_lag{y="1"})')).toEqual({
    metrics: ['pdf_lag'],
    labels: ['x', 'y'],
    faults: 0,
  })
})

it('no alert about what does not happen needs a metric of those who are not there', () => {
  for (const { alert, expr } of alerts) expect(expr, alert).not.toMatch(/\band on .*== 0/)
  const stands = alerts.find(({ alert }) => alert === 'PdfSmallerQueueStands')?.expr ?? ''
  const [lag, ...others] = stands.split(/\s*unless on \(domain\) /)
  expect(partsOf(lag ?? '').metrics).toEqual(['pdf_consumer_lag'])
  expect(others.map((query) => partsOf(query).metrics)).toEqual([
    ['pdf_job_attempts_total'],
    ['pdf_jobs_running'],
  ])
})

it('takes no zero of a service that has no projection for a projection that is behind', async () => {
  const told = await openMetrics().registry.metrics()
  expect(told).toMatch(/^pdf_projection_sequence 0$/m)
  for (const [name, query] of queries)
    for (const [asked] of query.matchAll(/pdf_projection_sequence\{[^}]*\}/g))
      expect(asked, name).toMatch(/service=("GATEWAY"|~"\.\*-gateway")/)
})

it('panels name their lines by labels that the query leaves', () => {
  for (const { title, targets } of panels)
    for (const { expr, legendFormat } of targets) {
      const used = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)
      const kept = /by \(([^)]*)\)/.exec(expr)?.[1]?.split(', ') ?? [...added, 'host', 'folder']
      expect(kept, title).toEqual(expect.arrayContaining(used))
    }
})

it('alerts are rules of the release', async () => {
  const manifests = await render('everything')
  const rule = manifests.find(({ kind }) => kind === 'PrometheusRule')
  const [group] = list(rule?.spec?.['groups'])
  const rules = Alerts.parse(group?.['rules'])
  expect(rules.map(({ alert }) => alert)).toEqual(alerts.map(({ alert }) => alert))
  expect(rules[0]?.expr).toBe('absent(up{namespace="documents",service="pdf-gateway"} == 1)')
  for (const { expr } of rules) expect(expr).toContain('namespace="documents"')
})

it('monitors find every service that measures, at a port that it has', async () => {
  const manifests = await render('everything')
  const monitored = manifests
    .filter(({ kind }) => kind === 'ServiceMonitor')
    .flatMap(({ spec }) => {
      const [endpoint] = list(spec?.['endpoints'])
      const services = manifests.filter(
        ({ kind, metadata }) =>
          kind === 'Service' && selects(record(record(spec?.['selector'])['matchLabels']), metadata.labels),
      )
      for (const service of services)
        expect(list(service.spec?.['ports']).map(({ name }) => name)).toContain(endpoint?.['port'])
      return services.map(({ metadata }) => metadata.labels['app.kubernetes.io/component'] ?? '')
    })
  const running = podsOf(manifests).map(({ component }) => component)
  expect(monitored.toSorted()).toEqual(
    running.filter((component) => !['streams', 'test'].includes(component)).toSorted(),
  )
})

it('workers are scaled by queues that the streams have', async () => {
  const scaled = (await render('everything')).filter(({ kind }) => kind === 'ScaledObject')
  const queues = channels.flatMap(({ stream, consumers }) => consumers.map(({ name }) => `${stream} ${name}`))
  const asked = scaled.map(({ spec }) => {
    const [trigger] = list(spec?.['triggers'])
    const { stream, consumer } = record(trigger?.['metadata'])
    return `${stream} ${consumer}`
  })
  expect(asked.toSorted()).toEqual(
    ['ai-extraction', 'compression', 'conversion', 'janitor', 'ocr'].map((name) => `JOBS ${name}`),
  )
  expect(queues).toEqual(expect.arrayContaining(asked))
})
