import { cp, rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { JobAnswer } from '@pdf-smaller/contracts/http'
import { type Harness, jobIn, openHarness, post, until } from '../../testing/harness.ts'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness()
})
afterAll(() => gateway.close())

const submit = async () => (await jobIn(await post(`${gateway.url}/api/jobs/noop`, {}))).id
const statusOf = async (id: string) => (await fetch(`${gateway.url}/api/jobs/${id}`)).status
const isReady = async () => (await fetch(`${gateway.url}/readyz`)).status === 200

it('finds every job that was acknowledged since, when a copy of the event store is put back', async () => {
  const { server } = gateway
  const kept = [await submit(), await submit(), await submit()]
  await server.kill('SIGTERM')
  await cp(server.data, `${server.data}-copy`, { recursive: true })
  await server.start()
  await until(isReady)
  const lost: string[] = []
  while (lost.length < 12) lost.push(await submit())

  await server.kill()
  await rm(server.data, { recursive: true })
  await cp(`${server.data}-copy`, server.data, { recursive: true })
  await server.start()
  await until(isReady)
  const later: string[] = []
  while (later.length < 15) later.push(await submit())

  for (const id of [...kept, ...later]) expect(await statusOf(id)).toBe(200)
  // Nobody has them any more, and nothing says otherwise.
  for (const id of lost) expect(await statusOf(id)).toBe(404)
  const listed = await (await fetch(`${gateway.url}/api/jobs?limit=100`)).json()
  const ids = JobAnswer.array()
    .parse(Object(listed).jobs)
    .map(({ id }) => id)
  expect(ids.toSorted()).toEqual([...kept, ...later].toSorted())
})
