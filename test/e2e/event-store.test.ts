import { cp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { JobView } from '@pdf-smaller/contracts'
import { afterEach, expect, it } from 'vitest'
import { smallDisk, type SmallDisk } from '@pdf-smaller/testing/small-disk'
import { type RunningSystem, startSystemProcess, until } from '@pdf-smaller/testing/system'

const invoice = new URL('../../examples/invoice.pdf', import.meta.url)

let system: RunningSystem | undefined
let disk: SmallDisk | undefined
afterEach(async () => {
  await system?.close()
  await disk?.[Symbol.asyncDispose]()
  system = disk = undefined
})

async function submit({ url }: RunningSystem, headers: Record<string, string> = {}): Promise<Response> {
  const form = new FormData()
  form.set('fresh', 'true')
  form.set('file', new Blob([Uint8Array.from(await readFile(invoice))], { type: 'application/pdf' }), 'a.pdf')
  return fetch(`${url}/api/jobs/extract-text`, { method: 'POST', body: form, headers })
}
const submitted = async (running: RunningSystem) => JobView.parse(await (await submit(running)).json()).id
const finish = async (running: RunningSystem) =>
  JobView.parse(await (await submit(running, { prefer: 'wait=60' })).json())
const get = (running: RunningSystem, address: string) => fetch(`${running.url}${address}`)

async function readiness(running: RunningSystem) {
  const answer = await get(running, '/readyz')
  return { status: answer.status, code: Object(await answer.json()).parts.events.code }
}

it('outlives a full disk: it tells so, gives results and erases, and goes on when there is room', async () => {
  disk = await smallDisk(48)
  const running = await startSystemProcess({ PDF_SMALLER_DATA_DIR: path.join(disk.folder, 'data') })
  system = running
  const [kept, gone] = [await finish(running), await finish(running)]
  expect([kept.status, gone.status]).toEqual(['completed', 'completed'])
  await disk.fill()
  await until('the event store is told to be full', async () => {
    await (await submit(running)).arrayBuffer()
    return (await readiness(running)).code === 'events_full'
  })
  await expect.poll(() => readiness(running)).toEqual({ status: 200, code: 'events_full' })
  const refused = await submit(running)
  expect([refused.status, Object(await refused.json()).code]).toEqual([503, 'events_full'])
  expect((await get(running, `/api/jobs/${kept.id}/result`)).status).toBe(200)
  expect((await get(running, '/api/jobs')).status).toBe(200)
  const erasing = await fetch(`${running.url}/api/jobs/${gone.id}?record=true`, { method: 'DELETE' })
  expect(erasing.status).toBe(200)
  expect((await get(running, `/api/jobs/${gone.id}`)).status).toBe(404)

  await disk.makeRoom()
  await until('jobs are taken again', async () => (await submit(running)).status === 202)
  expect((await finish(running)).status).toBe('completed')
  await expect.poll(() => readiness(running)).toEqual({ status: 200, code: undefined })
  expect(running.log()).not.toContain('cannot rollback')
})

it('finds what was acknowledged when a copy of the event store is put back, and starts with other settings', async () => {
  const running = await startSystemProcess()
  system = running
  const store = path.join(running.folder, 'nats')
  const copy = path.join(running.folder, 'copy')
  const kept = await Promise.all([finish(running), finish(running), finish(running)])
  await running.end('SIGTERM')
  await cp(store, copy, { recursive: true })
  await running.start({ PDF_SMALLER_RETRY_PACE: '0.5' })
  const lost = await Promise.all(Array.from({ length: 12 }, () => finish(running)))
  await running.end('SIGTERM')
  await rm(store, { recursive: true })
  await cp(copy, store, { recursive: true })
  // The files are those of another time: one that a job should have is missing, and those of the lost jobs are there.
  const [missing] = kept[2]?.outputs ?? []
  await rm(path.join(running.folder, 'objects', 'objects', missing?.key ?? 'none'))
  await running.start({ PDF_SMALLER_RETRY_PACE: '2' })

  const later = [await submitted(running), await submitted(running), await submitted(running)]
  for (const id of later)
    await until('a new job is completed', async () => {
      const answer = await get(running, `/api/jobs/${id}`)
      expect(answer.status).toBe(200)
      return JobView.parse(await answer.json()).status === 'completed'
    })
  for (const { id } of kept) expect((await get(running, `/api/jobs/${id}`)).status).toBe(200)
  for (const { id } of lost) {
    expect((await get(running, `/api/jobs/${id}`)).status).toBe(404)
    expect((await get(running, `/api/jobs/${id}/result`)).status).toBe(404)
  }
  expect((await get(running, `/api/jobs/${kept[0]?.id}/result`)).status).toBe(200)
  const without = await get(running, `/api/jobs/${kept[2]?.id}/result`)
  expect(Object(await without.json()).code).toBe('object_missing')
})
