import { randomUUID } from 'node:crypto'
import { connect } from '@nats-io/transport-node'
import { type Decider, ensureLayout, ofEvents, openEventStore } from '@pdf-smaller/eventstore'
import { z } from 'zod'

// An event is what you make of it, and has an id, by which the store knows its own again after a lost answer.
const AccountEvent = z.object({ id: z.uuid(), type: z.enum(['deposited', 'withdrawn']), cents: z.int() })
type AccountEvent = z.infer<typeof AccountEvent>
const newEvent = (type: AccountEvent['type'], cents: number) => ({ id: randomUUID(), type, cents })

const connection = await connect({ servers: process.env['NATS_URL'] ?? '127.0.0.1:4222' })
const layout = {
  edition: { version: 1, serves: 1, madeBy: 'node accounts.ts' },
  streams: [{ ...ofEvents, name: 'ACCOUNTS', subjects: ['account.>'] }],
}
// What a deployment does once; whoever opens the store only looks whether all is there.
await ensureLayout(connection, { ...layout, consumers: [] })
const store = await openEventStore({ connection, layout, decode: (json) => AccountEvent.parse(json) })

/** Takes money from an account that has so much. */
const withdrawal = (stream: string, cents: number): Decider<number, AccountEvent, 'too little'> => ({
  folds: 'all events',
  initial: 0,
  evolve: (balance, { event }) => balance + (event.type === 'deposited' ? event.cents : -event.cents),
  decide: (balance) =>
    balance < cents
      ? { nothing: 'too little' }
      : [{ stream, name: 'withdrawn', event: newEvent('withdrawn', cents) }],
})

const stream = 'account.anna'
const [first] = await store.append([
  { stream, name: 'deposited', event: newEvent('deposited', 100), expected: 'no stream' },
])
console.log('deposited, stored at', first)

// Five want 40 each, at the same time. Each decides on what is there when its event is stored.
const wishes = Array.from({ length: 5 }, () => store.decide(stream, withdrawal(stream, 40)))
const done = await Promise.all(wishes)
console.log(done.filter(({ kind }) => kind === 'appended').length, 'withdrawals')
console.log(done.flatMap((each) => (each.kind === 'nothing' ? [each.because] : [])))

for await (const { sequence, event } of store.history(stream)) console.log(sequence, event.type, event.cents)

store.close()
await connection.close()
