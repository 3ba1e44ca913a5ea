import { afterAll, beforeAll, expect, it } from 'vitest'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { StoreUnavailable } from './errors.ts'
import { openRequester } from './requester.ts'

let server: NatsServer
beforeAll(async () => {
  server = await startNatsServer()
})
afterAll(() => server.stop())

it('waits for an answer as long as it is told to, and does not count the time in which this process stands still', async () => {
  const connection = await server.connect()
  const { request, close } = openRequester(connection)
  const answered = request('$JS.API.INFO', '', { timeoutMs: 300 })
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 900)
  expect((await answered).json()).toMatchObject({ type: 'io.nats.jetstream.api.v1.account_info_response' })
  connection.subscribe('mute', { callback: () => {} })
  await expect(request('mute', '', { timeoutMs: 300 })).rejects.toThrow(StoreUnavailable)
  close()
})
