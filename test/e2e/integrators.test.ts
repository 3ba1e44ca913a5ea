import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect } from '@nats-io/transport-node'
import { createClient } from '@pdf-smaller/client/node'
import { seeded } from '@pdf-smaller/testing/pdf/random'
import { startSystemProcess, until } from '@pdf-smaller/testing/system'
import { expect, it } from 'vitest'
import { startIntegrators } from '../integrators/start.ts'
import { differences, outcomesIn } from '../integrators/truth.ts'

const invoice = new URL('../../examples/invoice.pdf', import.meta.url).pathname
const [jobs, kills] = [12, 3]

it('every outcome is once in effect with whoever reads events, however often they are killed', async () => {
  await using ends = new AsyncDisposableStack()
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-integrators-'))
  ends.defer(() => rm(folder, { recursive: true, force: true }))
  const system = await startSystemProcess({
    PDF_SMALLER_RETRY_PACE: '0.05',
    PDF_SMALLER_WEBHOOK_NETWORKS: '127.0.0.0/8',
  })
  ends.defer(system.close)
  const { url } = system
  const integrators = await startIntegrators({ url, folder, kills, effects: jobs, random: seeded(16) })
  ends.defer(integrators.stop)

  const client = createClient({ baseUrl: url })
  const cut = new Blob(['%PDF-1.7\nthis is cut off'], { type: 'application/pdf' })
  for (let n = 0; n < jobs; n++) {
    const [task, file] = n % 3 === 0 ? (['split', invoice] as const) : (['compress', cut] as const)
    const { id } = await client.submit(task, [file], { fresh: true })
    // Whether it comes too late is all the same.
    if (n % 3 === 1) await client.cancel(id).catch(() => {})
  }
  const settled = async () => {
    const wrong = integrators.all.flatMap((each) => each.ends())
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
    const counts = await Promise.all(integrators.all.map(async (each) => (await each.effects()).length))
    return counts.every((count) => count >= jobs) && (await integrators.delivered()) >= jobs
  }
  await until('all outcomes are in effect', settled)

  const pass = (await readFile(path.join(system.folder, 'nats.secret'), 'utf8')).trim()
  const connection = await connect({ servers: integrators.servers, user: 'pdf-smaller', pass })
  ends.defer(() => connection.close())
  const truth = await outcomesIn(connection, 'default')
  expect(truth).toHaveLength(jobs)
  const booked = await Promise.all(
    integrators.all.map(async ({ name, kills: times, effects }) => ({
      name,
      times: times(),
      is: await effects(),
    })),
  )
  expect(booked.flatMap(({ name, is }) => differences(name, is, truth))).toEqual([])
  expect(booked.map(({ name, times }) => [name, times])).toEqual(booked.map(({ name }) => [name, kills]))
})
