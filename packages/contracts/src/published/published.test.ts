import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { channels } from '../channels.ts'
import { phaseOf } from '../events.ts'
import { describeEvents } from './asyncapi.ts'
import { messageTypes } from './event-types.ts'

const Api = z.object({
  channels: z.record(
    z.string(),
    z.looseObject({
      address: z.string(),
      messages: z.record(z.string(), z.object({ $ref: z.string() })),
      'x-nats-stream': z.looseObject({ name: z.string() }).optional(),
    }),
  ),
  components: z.object({
    messages: z.record(z.string(), z.looseObject({ contentType: z.string(), headers: z.unknown() })),
  }),
})
const api = Api.parse(describeEvents())
const at = (address: string) => Object.values(api.channels).find((channel) => channel.address === address)
const job = '{tenant}.{domain}.{task}.{jobId}'

describe('the description of the events', () => {
  it('tells of each stream what the table of channels says', () => {
    const [events] = channels
    expect(at(`pdf.${job}.requested`)?.['x-nats-stream']).toEqual({
      name: events.stream,
      subjects: events.subjects,
      storage: 'file',
      retention: { seconds: events.keptSeconds, isSetting: true, newestOfEachSubjectOnly: false },
      replay: true,
    })
    expect(at(`progress.${job}`)?.['x-nats-stream']).toMatchObject({
      name: 'PROGRESS',
      storage: 'memory',
      replay: false,
    })
    for (const { address } of Object.values(api.channels))
      expect(address).toMatch(/^(live\.)?(pdf|progress|tick)\./)
  })

  it('names every type under every subject where it stands, and where it is republished', () => {
    for (const [type, phase] of Object.entries(phaseOf)) {
      expect(Object.keys(at(`pdf.${job}.${phase}`)?.messages ?? {})).toContain(type)
      expect(Object.keys(at(`live.pdf.${job}.${phase}`)?.messages ?? {})).toContain(type)
    }
    expect(Object.keys(at('tick.upload.{tenant}.{upload}')?.messages ?? {})).toEqual([
      'pdfsmaller.upload.abandoned.v1',
    ])
  })

  it('names the headers of messages, and tells events from ticks by them', () => {
    const { messages } = api.components
    const requested = messages['pdfsmaller.job.requested.v1']
    const [events] = channels
    const Headers = z.object({
      properties: z.record(z.string(), z.looseObject({ const: z.string().optional() })),
    })
    const { properties } = Headers.parse(requested?.headers)
    expect(new Set(Object.keys(properties))).toEqual(new Set(events.headers))
    expect(properties['content-type']?.const).toBe('application/cloudevents+json')
    expect(messages['maintenance']?.contentType).toBe('application/json')
    expect(messages['live.pdfsmaller.job.requested.v1']?.headers).toMatchObject({
      properties: { 'Nats-Sequence': { type: 'string' } },
    })
  })
})

it('an event that is written no more stays published, as events of it stay stored', () => {
  const was = z.object({ n: z.int() })
  const former = 'pdfsmaller.job.requested.v0'
  const step = { [former]: { to: 'pdfsmaller.job.requested.v1', was, data: (data: unknown) => data } }
  const found = messageTypes(step).find(({ name }) => name === former)
  expect(found).not.toHaveProperty('subject')
  expect(found?.data).toMatchObject({
    $id: expect.stringContaining(`/schemas/data/${former}.json`),
    required: ['n'],
  })
  expect(found?.message).toMatchObject({ properties: { type: { const: former }, data: { required: ['n'] } } })
})
