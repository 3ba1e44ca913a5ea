import { describe, expect, it } from 'vitest'
import { createClient, otherTask } from './node.ts'

const problem = (status: number, code: string, headers: Record<string, string>) =>
  Response.json({ status, title: code, detail: code, code, retryable: true }, { status, headers })

/** A service that answers with these one after the other, and notes what it was asked. */
function service(...answers: Response[]) {
  const asked: { method: string; body: string }[] = []
  const client = createClient({
    baseUrl: 'http://127.0.0.1:1',
    fetch: async (_, init = {}) => {
      const { method = 'GET', body = null } = init
      asked.push({ method, body: await new Response(body).text() })
      const answer = answers.shift()
      if (!answer) throw new Error('nobody expected this request')
      return answer
    },
  })
  return { client, asked }
}

const tooMany = () => problem(429, 'rate_limited', { 'retry-after': '0' })
const tasks = () => Response.json({ tasks: [] })

describe('a client that is told to wait', () => {
  it('comes again, whatever it asked for', async () => {
    const date = new Date(0).toUTCString()
    const { client, asked } = service(
      tooMany(),
      problem(503, 'events_unavailable', { 'retry-after': date }),
      tasks(),
    )
    expect(await client.tasks()).toEqual([])
    expect(asked).toHaveLength(3)
  })

  it('sends a file once more when the request was over the rate', async () => {
    const uploaded = Response.json(
      {
        uploadId: '0198f0a0-0000-7000-8000-000000000000',
        method: 'PUT',
        url: '/somewhere',
        fields: {},
        expiresAt: new Date(0).toISOString(),
      },
      { status: 201 },
    )
    const stored = Response.json({
      uploadId: '0198f0a0-0000-7000-8000-000000000000',
      name: 'a.pdf',
      size: 1,
      sha256: '0'.repeat(64),
      contentType: 'application/pdf',
    })
    const { client, asked } = service(tooMany(), uploaded, tooMany(), stored)
    await client.upload(new URL(import.meta.url).pathname)
    const bodies = asked.filter(({ method }) => method === 'PUT').map(({ body }) => body)
    expect(bodies).toHaveLength(2)
    expect(bodies[0]).toContain('a client that is told to wait')
    expect(bodies[1]).toBe(bodies[0])
  })

  it('does not repeat what may have been carried out', async () => {
    const { client, asked } = service(problem(503, 'events_unavailable', { 'retry-after': '0' }))
    await expect(client.cancel('some-job')).rejects.toMatchObject({ code: 'events_unavailable' })
    expect(asked).toHaveLength(1)
  })

  it('does not take a refusal for a pause', async () => {
    const full = problem(507, 'storage_full', {})
    const { client, asked } = service(full)
    await expect(client.submit(otherTask('noop'), { uploads: [] })).rejects.toMatchObject({
      code: 'storage_full',
    })
    expect(asked).toHaveLength(1)
  })

  it('repeats that, too, under a key', async () => {
    const { client, asked } = service(
      problem(503, 'events_unavailable', { 'retry-after': '0' }),
      problem(404, 'unknown_job', {}),
    )
    await expect(client.retry('some-job')).rejects.toMatchObject({ code: 'unknown_job' })
    expect(asked).toHaveLength(2)
  })
})
