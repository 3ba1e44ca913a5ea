import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from '@pdf-smaller/testing/free-ports'
import { OpenedEventConsumer } from '@pdf-smaller/contracts/http'
import { z } from 'zod'
import { Effect, readEffects } from './effects.ts'
import { type Kept, keepRunning, type Killing } from './keep.ts'
import { outcomes } from './outcomes.ts'

export type Integrator = Kept & { effects: () => Promise<Effect[]> }

export type Integrators = {
  all: Integrator[]
  /** The addresses of the event store, as integrators are told them. */
  servers: string[]
  /** The messages that the webhook has taken, by the log of the service. */
  delivered: () => Promise<number>
  stop: () => Promise<void>
}

type Options = Killing & {
  url: string
  /** For their files. */
  folder: string
  /** Lets the integrator of NATS into a server that is not that of the system. */
  letIn?: (opened: OpenedEventConsumer) => Promise<void>
}

const Hook = z.object({ id: z.string(), secretKey: z.string() })
const Deliveries = z.object({
  deliveries: z.array(z.object({ messageId: z.string() })),
  nextCursor: z.string().optional(),
})
const Saved = z.object({ state: z.array(Effect) })

/** Starts one of each kind of those who read events: a consumer of NATS, a receiver of webhooks, a reader of the feed, a projection. */
export async function startIntegrators({ url, folder, letIn, ...killing }: Options): Promise<Integrators> {
  const file = (name: string) => path.join(folder, name)
  const opened = OpenedEventConsumer.parse(
    await post(`${url}/api/event-consumers`, { name: 'books', filters: { type: outcomes }, from: 0 }),
  )
  await writeFile(file('access.json'), JSON.stringify(opened), { mode: 0o600 })
  const port = String(await freePort())
  const address = `http://127.0.0.1:${port}/`
  const hook = Hook.parse(await post(`${url}/api/webhooks`, { url: address, from: 0 }))
  await letIn?.(opened)
  const settings = { WEBHOOK_SECRET: hook.secretKey }
  const booking = (name: string, args: string[], more = {}): Integrator => {
    const books = file(`${name}.jsonl`)
    const kept = keepRunning({ name, args: [...args, books], moments: 3, ...more }, killing)
    return { ...kept, effects: async () => readEffects(books).effects }
  }
  const state = file('state.json')
  const folding = keepRunning({ name: 'fold', args: [url, state], moments: 1 }, killing)
  const all: Integrator[] = [
    booking('consume', [file('access.json')]),
    booking('receive', [port], { settings, moments: 4 }),
    booking('follow', [url]),
    { ...folding, effects: () => savedIn(state) },
  ]
  return {
    all,
    servers: opened.credentials.servers,
    delivered: () => deliveredTo(`${url}/api/webhooks/${hook.id}/deliveries`),
    stop: async () => void (await Promise.all(all.map((each) => each.stop()))),
  }
}

async function post(url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${url} has answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

async function savedIn(file: string): Promise<Effect[]> {
  const text = await readFile(file, 'utf8').catch(() => '{"state":[]}')
  return Saved.parse(JSON.parse(text)).state
}

async function deliveredTo(url: string): Promise<number> {
  const ids = new Set<string>()
  let cursor: string | undefined
  do {
    const query = new URLSearchParams({ outcome: 'delivered', limit: '200', ...(cursor ? { cursor } : {}) })
    const page = Deliveries.parse(await (await fetch(`${url}?${query.toString()}`)).json())
    for (const { messageId } of page.deliveries) ids.add(messageId)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return ids.size
}
