import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { ConsumerAccess, consumedEvents } from '@pdf-smaller/client/nats'
import { openEffects } from './effects.ts'
import { openFate } from './fate.ts'

// Books each outcome that a durable consumer of NATS gives out, once by source and id: `node consume.ts <access> <effects>`.
const [file = '', books = ''] = process.argv.slice(2)
const access = ConsumerAccess.parse(JSON.parse(readFileSync(file, 'utf8')))
const effects = openEffects(books, openFate())
for await (const news of consumedEvents(access)) {
  if (news.kind !== 'event') continue
  const { source, id, subject: job } = news.event
  if (!effects.has({ source, id })) effects.add({ source, id, sequence: Number(news.sequence), job })
  // Many come at once: between two of them there is to be room for an end.
  await setImmediate()
}
