import assert from 'node:assert/strict'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createClient } from '@pdf-smaller/client/node'
import { startSystemProcess } from '@pdf-smaller/testing/system'
import { provideNatsCli } from '../../scripts/provision/nats-cli.ts'
import { blocksOf } from './blocks.ts'
import { runProgram } from './programs.ts'

/**
 * Runs what docs/events/reading.md does with the `nats` command, as an integrator with no rights but those of a consumer.
 * Usage: node test/examples/main.ts. Builds the command with Go where it is not there, once.
 */
const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-nats-examples-'))
await symlink(await provideNatsCli(), path.join(folder, 'nats'))
for (const { name, code } of blocksOf('events/reading.md')) await writeFile(path.join(folder, name), code)
const system = await startSystemProcess()
try {
  const client = createClient({ baseUrl: system.url })
  const { consumer, credentials } = await client.consumers.create({ name: 'warehouse', from: 0 })
  const settings = {
    PATH: `${folder}:${process.env['PATH']}`,
    URL: system.url,
    KEY: '',
    TENANT: consumer.tenant,
    CONSUMER: consumer.consumer,
    INBOX: credentials.inboxPrefix,
    NATS_URL: credentials.servers.join(','),
    NATS_USER: credentials.user,
    NATS_PASSWORD: credentials.password ?? '',
  }
  const run = (name: string, more: Record<string, string> = {}) =>
    runProgram(['sh', '-e', name], { folder, settings: { ...settings, ...more } })
  const job = async () => {
    const form = path.resolve(import.meta.dirname, '../../examples/form.pdf')
    const { id } = await client.submit('compress', [form], { fresh: true })
    await client.wait(id)
    return client.history(id)
  }
  const ids = (told: string) => [...told.matchAll(/"id":"([^"]+)","source"/g)].map(([, id]) => id)
  const idsOf = (events: Awaited<ReturnType<typeof job>>) => events.map(({ event }) => event.id)

  const tail = run('tail.sh')
  try {
    // It says nothing when it listens, so that the first jobs may pass it.
    let live = await job()
    while (!ids(tail.told()).includes(live.at(-1)?.event.id)) live = await job()
    assert.deepEqual(ids(tail.told()).slice(-live.length), idsOf(live))
  } finally {
    await tail.end()
  }
  console.log('tail.sh: holds')

  const first: string[] = []
  for await (const news of client.events({ from: 0, live: false }))
    if (news.kind === 'event') first.push(news.event.id)
  assert.deepEqual(ids(await run('consume.sh').ended()), first.slice(0, 3))
  console.log('consume.sh: holds')

  const before = new Date().toISOString()
  const again = await job()
  const SEQUENCE = String(again[1]?.sequence)
  assert.deepEqual(ids(await run('replay.sh', { SEQUENCE }).ended()), idsOf(again).slice(1, 3))
  console.log('replay.sh: holds')
  assert.deepEqual(ids(await run('replay-from-time.sh', { TIME: before }).ended()), idsOf(again).slice(0, 2))
  console.log('replay-from-time.sh: holds')
} finally {
  await system.close()
  await rm(folder, { recursive: true, force: true })
}
