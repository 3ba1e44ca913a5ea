import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { channels } from './channels.ts'
import { decodeEvent, decodeStored, type Upcasters, upcasters } from './decode.ts'
import { cloudEvent, KnownEvent } from './events.ts'
import { describeFailure } from './failure.ts'
import { domains } from './streams.ts'

const jobId = '0198f0a0-1111-7000-8000-000000000001'
const around = { id: 'e1', source: 'test', jobId, time: new Date(0) }
const of = (type: string, data: object) => cloudEvent({ type, data }, around)
const newer = (unknown: string) => ({
  type: 'newer',
  id: 'e1',
  subject: jobId,
  time: '1970-01-01T00:00:00.000Z',
  unknown,
})
const failure = describeFailure('damaged_pdf')

describe('a stored event', () => {
  it('of this release is what it is', () => {
    const event = of('pdfsmaller.job.attempt-due.v1', { attempt: 2 })
    expect(decodeEvent(event)).toEqual(event)
  })

  it.each([
    ['pdfsmaller.job.requested.v2', { anything: 1 }],
    ['pdfsmaller.job.paused.v1', {}],
    ['pdfsmaller.invoice.corrected.v1', {}],
  ])('of a newer release, %s, is told by its envelope', (type, data) => {
    expect(decodeEvent(of(type, data))).toEqual(newer(type))
  })

  it('with a value that only a newer release knows counts as newer', () => {
    const data = { attempt: 1, failure: { ...failure, code: 'melted' } }
    expect(decodeEvent(of('pdfsmaller.job.failed.v1', data))).toEqual(
      newer('pdfsmaller.job.failed.v1: data.failure.code'),
    )
    const wrong = { attempt: 'one', failure: { ...failure, code: 'melted' } }
    expect(() => decodeEvent(of('pdfsmaller.job.failed.v1', wrong))).toThrow()
  })

  it('that is none is refused', () => {
    const due = of('pdfsmaller.job.attempt-due.v1', { attempt: 0 })
    const { id: _, ...nameless } = of('pdfsmaller.job.paused.v1', {})
    for (const stored of [due, nameless, of('org.other.v1', {}), {}, undefined, null, 7, 'text', []])
      expect(() => decodeEvent(stored)).toThrow()
  })

  const due = 'pdfsmaller.job.attempt-due'
  const steps: Upcasters = {
    [`${due}.v-`]: { to: `${due}.v0`, was: z.object({}), data: () => ({ n: 4 }) },
    [`${due}.v0`]: {
      to: `${due}.v1`,
      was: z.object({ n: z.union([z.int(), z.literal('five')]) }),
      data: (data) => ({ attempt: Object(data).n }),
    },
  }

  it('of an older version is raised, over as many as there are', () => {
    const raised = of(`${due}.v1`, { attempt: 4 })
    expect(decodeEvent(of(`${due}.v0`, { n: 4 }), steps)).toEqual(raised)
    expect(decodeEvent(of(`${due}.v-`, {}), steps)).toEqual(raised)
  })

  it('of an older version that cannot be raised is refused', () => {
    for (const n of ['four', 'five']) expect(() => decodeEvent(of(`${due}.v0`, { n }), steps)).toThrow()
  })

  it('is raised without end by no table', () => {
    const was = z.unknown()
    const circle = {
      [`${due}.v0`]: { to: `${due}.v2`, was, data: Object },
      [`${due}.v2`]: { to: `${due}.v0`, was, data: Object },
    }
    expect(decodeEvent(of(`${due}.v0`, {}), circle)).toMatchObject({ type: 'newer' })
  })
})

describe('a tick', () => {
  const plan = { schedule: 'cron.sweep', task: 'sweep', cron: '0 0 2 * * *' }
  const time = '1970-01-01T00:00:00.000Z'
  const message = { ...plan, setAt: time }
  const at = (sequence: number, subject = 'tick.maintenance.sweep') => ({ subject, sequence })

  it('is named by its schedule and its place, as the same message comes again', () => {
    const [one, other] = [7, 8].map((sequence) => decodeStored(message, at(sequence)))
    expect(one).toEqual({ type: 'tick', id: 'cron.sweep@7', ...plan, time })
    expect(other?.id).toBe('cron.sweep@8')
  })

  it('stands nowhere else than where schedules and their ticks do', () => {
    expect(() => decodeStored(message, at(7, 'pdf.acme.janitor.sweep.1.due'))).toThrow()
  })

  it('of a newer release is told by its schedule', () => {
    const read = decodeStored({ schedule: 'cron.sweep', plan: 'another' }, at(7))
    expect(read).toMatchObject({ type: 'newer', id: 'cron.sweep@7', unknown: 'a tick of cron.sweep' })
  })

  it('that was written as an event is read, and has a plan that no schedule has', () => {
    const former = of('pdfsmaller.maintenance.due.v1', { task: 'sweep', cron: plan.cron })
    expect(decodeStored(former, at(7))).toMatchObject({ type: 'tick', id: 'cron.sweep@7', cron: '', time })
  })
})

it('every older version is raised to one of this release', () => {
  const known = KnownEvent.options.map(({ shape }): string => shape.type.value)
  for (const start of Object.keys(upcasters)) {
    let type: string | undefined = start
    for (let left = Object.keys(upcasters).length; left > 0 && type; left--)
      type = upcasters[type]?.to ?? type
    expect(known).toContain(type)
  }
})

describe('the table of channels', () => {
  it('names each stream and each consumer of a stream once', () => {
    const names = channels.map(({ stream }) => stream)
    expect(new Set(names).size).toBe(names.length)
    for (const { consumers } of channels)
      expect(new Set(consumers.map(({ name }) => name)).size).toBe(consumers.length)
  })

  it('has a reader for every consumer and a consumer for every domain', () => {
    expect(channels[0].consumers.map(({ name }) => name)).toEqual(expect.arrayContaining([...domains]))
    for (const { consumers, readers } of channels) if (consumers.length > 0) expect(readers).not.toEqual([])
  })
})
