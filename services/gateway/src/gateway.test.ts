import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { complete, type Harness, jobIn, openHarness, post, problemIn, until } from '../testing/harness.ts'

let gateway: Harness | undefined
/** Whoever is not let go is waited for longer than any test may take. */
const patient = { PDF_SMALLER_DRAIN_SECONDS: '3600' }
const open = async (env: Record<string, string> = {}) => (gateway = await openHarness({ env }))
afterEach(async () => {
  await gateway?.close()
  gateway = undefined
})

describe('the gateway', () => {
  it('says that it lives and is ready, and measures its answers by route', async () => {
    const { url } = await open()
    expect(await (await fetch(`${url}/livez`)).json()).toEqual({ status: 'alive' })
    await expect
      .poll(async () => (await fetch(`${url}/readyz`)).json())
      .toEqual({
        status: 'ready',
        parts: { events: { ok: true }, objects: { ok: true }, projection: { ok: true } },
      })
    const { id } = await jobIn(await post(`${url}/api/jobs/noop`))
    await fetch(`${url}/api/jobs/${id}`)
    await fetch(`${url}/api/jobs/nothing`)
    const metrics = await (await fetch(`${url}/metrics`)).text()
    const count = (labels: string) => `pdf_http_request_seconds_count{${labels}} 1`
    expect(metrics).toContain(count('method="POST",route="/api/jobs/:task",status="202"'))
    expect(metrics).toContain(count('method="GET",route="/api/jobs/:id",status="200"'))
    expect(metrics).toContain(count('method="GET",route="/api/jobs/:id",status="404"'))
  })

  it('tells that there is nothing at an address, and that an address is none', async () => {
    const { url } = await open()
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['DELETE', '/api/nothing'],
      ['GET', '/api/jobs/%E0%A4%A/x'],
    ] as const) {
      const answer = await fetch(`${url}${path}`, { method })
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      const { status, traceId } = await problemIn(answer)
      expect([400, 404]).toContain(status)
      expect(traceId).toMatch(/^[0-9a-f]{32}$/)
    }
  })

  it('tells which methods an address takes', async () => {
    const { url } = await open()
    const answer = await fetch(`${url}/api/jobs/some-job?x=1`, { method: 'PUT', body: 'x' })
    expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD, OPTIONS')
    expect(await problemIn(answer)).toMatchObject({ status: 405, code: 'method_not_allowed' })
    const nowhere = await fetch(`${url}/api/jobs/some-job/nowhere`, { method: 'PUT', body: 'x' })
    expect(await problemIn(nowhere)).toMatchObject({ status: 404, code: 'unknown_route' })
  })

  it('serves files under long names', async () => {
    const replica = await open()
    const name = `${'ä'.repeat(120)}.pdf`
    const job = await complete(replica, await jobIn(await post(`${replica.url}/api/jobs/noop`)), {
      [name]: 'x',
    })
    const file = await fetch(`${replica.url}/api/jobs/${job.id}/files/${encodeURIComponent(name)}`)
    expect(await file.text()).toBe('x')
  })

  it('lets followers and waiters go when it is closed, and finishes its answers', async () => {
    const { url } = await open(patient)
    const job = await jobIn(await post(`${url}/api/jobs/noop`))
    const followed = (await fetch(`${url}/api/jobs/${job.id}/events`)).text()
    const waited = post(`${url}/api/jobs/noop`, { tag: 'w' }, { prefer: 'wait=60' })
    await until(() => gateway?.projection.list('default', { tag: 'w' }, 1).jobs.length === 1)
    await gateway?.gateway.close()
    expect(await followed).toContain('requested')
    expect((await jobIn(await waited)).status).toBe('queued')
  })

  it('does not wait for connections that nobody has used yet', async () => {
    const { url } = await open(patient)
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    await once(socket, 'connect')
    // Answered behind it, so the server has taken it.
    await fetch(`${url}/livez`)
    await gateway?.gateway.close()
    socket.destroy()
  })

  it('takes no new work while it is late at what it has, and goes on telling of that', async () => {
    const { url } = await open({ PDF_SMALLER_MOST_DELAY_MS: '0' })
    // A first measurement has to be there; any delay at all is more than none.
    let refused = await post(`${url}/api/jobs/noop`)
    const accepted = refused.ok ? await jobIn(refused) : undefined
    await until(async () => !(refused = await post(`${url}/api/jobs/noop`)).ok)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await problemIn(refused)).code).toBe('overloaded')
    expect((await fetch(`${url}/livez`)).ok).toBe(true)
    expect((await fetch(`${url}/api/jobs`)).ok).toBe(true)
    if (accepted) expect((await fetch(`${url}/api/jobs/${accepted.id}`)).ok).toBe(true)
  })

  it('gives up clients that do not finish their headers', async () => {
    const { gateway: made } = await open()
    expect(made.app.server.headersTimeout).toBe(15_000)
    expect(made.app.server.requestTimeout).toBe(3_660_000)
  })
})
