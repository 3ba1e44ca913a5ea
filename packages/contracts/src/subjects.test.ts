import * as fc from '@pdf-smaller/testing/properties'
import { describe, expect, it } from 'vitest'
import { phaseOf } from './events.ts'
import {
  abandonedUpload,
  type JobAddress,
  jobAddress,
  jobAnywhere,
  jobStream,
  liveOutcomes,
  phases,
  progressSubject,
  waitSchedule,
  workSubjects,
} from './subjects.ts'

const jobId = '0198f0a0-1111-7000-8000-000000000001'
const address: JobAddress = { tenant: 'acme', domain: 'ai-extraction', task: 'extract-invoice', jobId }
const prefix = `pdf.acme.ai-extraction.extract-invoice.${jobId}`

const token = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)
const addresses = fc.record({ tenant: token, domain: token, task: token, jobId: fc.uuid() })

/** How NATS matches a subject: `*` is one token, `>` the rest. */
const matches = (pattern: string, subject: string) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^.]+').replace('>', '.+')}$`).test(subject)

describe('the address in a subject', () => {
  it('is the one that the subject was made from', () => {
    fc.assert(
      fc.property(addresses, fc.constantFrom(...phases), (given, phase) => {
        expect(jobAddress(`${jobStream(given)}.${phase}`)).toEqual(given)
        expect(jobAddress(progressSubject(given))).toEqual(given)
      }),
    )
  })

  it.each([
    '',
    'pdf',
    'pdf.acme.compression.compress',
    'pdf.acme.compression.compress.job_1.requested',
    `pdf.a b.compression.compress.${jobId}.requested`,
    `pdf..compression.compress.${jobId}.requested`,
    `pdf.${'x'.repeat(65)}.compression.compress.${jobId}.requested`,
    `due.acme.compression.compress.${jobId}`,
    `live.pdf.acme.compression.compress.${jobId}.outcome`,
    abandonedUpload('acme', jobId).target,
  ])('is not found in %j', (subject) => {
    expect(jobAddress(subject)).toBeUndefined()
  })
})

describe('subjects', () => {
  it('are those that the streams and permissions are made for', () => {
    expect(jobStream(address)).toBe(prefix)
    expect(waitSchedule(address)).toBe(`due.acme.ai-extraction.extract-invoice.${jobId}`)
    expect(progressSubject(address)).toBe(`progress.acme.ai-extraction.extract-invoice.${jobId}`)
    expect(abandonedUpload('acme', jobId)).toEqual({
      schedule: `due.upload.acme.${jobId}`,
      target: `tick.upload.acme.${jobId}`,
    })
  })

  it.each(phases)('bring %s to those who wait for it alone', (phase) => {
    const subject = `${prefix}.${phase}`
    const isWork = phase === 'requested' || phase === 'due'
    expect(workSubjects('ai-extraction').some((pattern) => matches(pattern, subject))).toBe(isWork)
    expect(workSubjects('ocr').some((pattern) => matches(pattern, subject))).toBe(false)
    expect(matches(liveOutcomes('ai-extraction'), `live.${subject}`)).toBe(phase === 'outcome')
  })

  it('find a job where its task is not known', () => {
    expect(matches(jobStream(jobAnywhere('acme', jobId)), prefix)).toBe(true)
    expect(matches(jobStream(jobAnywhere('other', jobId)), prefix)).toBe(false)
  })

  it('have a phase for every event', () => {
    expect(new Set<string>(Object.values(phaseOf))).toEqual(new Set<string>(phases))
  })
})
