import { setImmediate } from 'node:timers/promises'
import { createClient } from '@pdf-smaller/client'
import { openEffects } from './effects.ts'
import { openFate } from './fate.ts'
import { outcomes } from './outcomes.ts'

// Books each outcome of the feed over HTTP. Its place is that of its last effect: `node follow.ts <url> <effects>`.
const [baseUrl = '', books = ''] = process.argv.slice(2)
const effects = openEffects(books, openFate())
const after = effects.last()?.sequence.toString()
for await (const news of createClient({ baseUrl }).events({ from: 0, after, types: outcomes })) {
  if (news.kind !== 'event') continue
  const { source, id, subject: job } = news.event
  effects.add({ source, id, sequence: Number(news.sequence), job })
  // Many come at once: between two of them there is to be room for an end.
  await setImmediate()
}
