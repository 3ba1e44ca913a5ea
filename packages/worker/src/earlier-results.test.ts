import { type JobRequestedData, type JobView, streams } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import { command } from '@pdf-smaller/platform'
import { jetstreamManager } from '@nats-io/jetstream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { author, type Harness, openHarness } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await openHarness()
  await harness.work()
})
afterAll(() => harness.close())

async function stamped(
  content: string,
  options = {},
  more: Partial<JobRequestedData> = {},
): Promise<JobView> {
  return harness.when(await harness.request('stamp', options, content, more), isDecided)
}

/** The bytes of a job's first output. */
async function outputOf({ outputs }: JobView): Promise<string> {
  const { stream } = await harness.objects.get(outputs[0]?.key ?? '')
  return Buffer.concat(await stream.toArray()).toString()
}

describe('the result of an earlier job', () => {
  it('is served again for the same file and options, as files of the new job', async () => {
    const first = await stamped('the same')
    const second = await stamped('the same')
    expect(first.reusedFrom).toBeUndefined()
    expect(second).toMatchObject({ status: 'completed', result: first.result, reusedFrom: first.id })
    expect(second.measures).toMatchObject({ bytesIn: 8, bytesOut: 36, taskMs: 0, engineMs: 0 })
    expect(second.outputs).toEqual([{ ...first.outputs[0], key: `default/${second.id}/out/1/word.txt` }])
    await harness.objects.removePrefix(`default/${first.id}/`)
    expect(await outputOf(second)).toBe(first.result?.['word'])
    // The newest job's files are kept for longest.
    expect(await stamped('the same')).toMatchObject({ reusedFrom: second.id, result: first.result })
  })

  it.each<[string, { content?: string; options?: object; more?: Partial<JobRequestedData> }]>([
    ['other content', { content: 'others' }],
    ['other options', { options: { level: 'high' } }],
    ['another tenant', { more: { tenant: 'other' } }],
    ['a job that is to be made anew', { more: { fresh: true } }],
    ['a job that is run again', { more: { retryOf: '01936f3c-0000-7000-8000-000000000001' } }],
  ])('is not served for %s', async (name, { content = name, options = {}, more = {} }) => {
    const first = await stamped(name)
    const second = await stamped(content, options, more)
    expect(second).toMatchObject({ status: 'completed' })
    expect(second.reusedFrom).toBeUndefined()
    expect(second.result).not.toEqual(first.result)
  })

  it('is not served when the file has another name', async () => {
    const first = await stamped('named')
    const named = (name: string) => first.inputs.map((input) => ({ ...input, name }))
    expect((await stamped('named', {}, { inputs: named('b.txt') })).reusedFrom).toBeUndefined()
    expect((await stamped('named', {}, { inputs: named('a.txt') })).reusedFrom).toBe(first.id)
  })

  it('is made anew when its files are gone', async () => {
    const first = await stamped('gone')
    await harness.objects.removePrefix(`default/${first.id}/out/`)
    const second = await stamped('gone')
    expect(second.reusedFrom).toBeUndefined()
    expect(await outputOf(second)).toBe(second.result?.['word'])
  })

  it('is made anew when its files have expired, though they are there still', async () => {
    const first = await stamped('expired')
    const { tenant, domain, task, id: jobId } = first
    const expiry = { type: 'Expire', files: 1, bytes: 36, reason: 'retention' } as const
    await command(harness.store, { tenant, domain, task, jobId }, expiry, author)
    expect((await stamped('expired')).reusedFrom).toBeUndefined()
  })

  it('is made anew when a file is not what it was, and nothing of that is kept', async () => {
    const first = await stamped('changed')
    const [output] = first.outputs
    if (!output) throw new Error('no output')
    await harness.objects.remove(output.key)
    await harness.objects.put(output.key, [Buffer.from('another')], {
      name: 'word.txt',
      contentType: 'text/plain',
    })
    const second = await stamped('changed')
    expect(second.reusedFrom).toBeUndefined()
    expect(await outputOf(second)).toBe(second.result?.['word'])
  })

  it('is no failure', async () => {
    expect(await stamped('failed', { fail: true })).toMatchObject({ status: 'failed' })
    expect(await stamped('failed', { fail: true })).toMatchObject({ status: 'failed', attempt: 1 })
  })

  it('is done without while nobody knows of it', async () => {
    const manager = await jetstreamManager(harness.connection)
    await manager.streams.delete(streams.results)
    expect(await stamped('unknown')).toMatchObject({ status: 'completed' })
    expect((await stamped('unknown')).reusedFrom).toBeUndefined()
  })
})
