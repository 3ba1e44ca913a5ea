import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from '@pdf-smaller/client/node'
import type { Deployment } from './deployment.ts'

/** A name of the inner network, and one that stands for nothing. */
const [inner, nowhere] = ['s3', 'nobody.invalid']
const patienceMs = 60_000

/**
 * Looks whether webhooks are kept from what is inside: by the gateway where an address says so, by the service where its
 * name does.
 * @returns what was seen, in a line
 * @throws Error that says what was let through
 */
export async function tryWebhooks(deployment: Deployment): Promise<string> {
  const { webhooks } = createClient({ baseUrl: deployment.url })
  for (const url of ['https://127.0.0.1/', 'https://10.0.0.1/', 'https://[::1]/', 'http://s3:7070/']) {
    const isTaken = await webhooks.create({ url }).then(
      () => true,
      () => false,
    )
    if (isTaken) throw new Error(`${url} was taken as an address of a webhook`)
  }
  const look = `require('node:dns').lookup('${inner}', (error, address) => console.log(error ? error.code : address))`
  const stands = await deployment.within('webhooks', 'node', '-e', look)
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(stands)) throw new Error(`${inner} stands for nothing: ${stands}`)
  const said = []
  for (const name of [inner, nowhere]) said.push(await failureOf(webhooks, `https://${name}/hook`))
  return `addresses of inside refused; ${inner} (${stands}) and ${nowhere}: ${[...new Set(said)].join('; ')}`
}

/** Why a ping to an address failed, as the log of attempts has it. */
async function failureOf(
  webhooks: ReturnType<typeof createClient>['webhooks'],
  url: string,
): Promise<string> {
  const { id } = await webhooks.create({ url })
  const { messageId } = await webhooks.ping(id)
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await wait(200)) {
    for await (const { outcome, error, status } of webhooks.deliveries(id, { messageId })) {
      if (outcome === 'delivered' || status !== undefined) throw new Error(`${url} was sent to`)
      return error ?? outcome
    }
  }
  throw new Error(`a ping to ${url} is in no log after ${patienceMs / 1000} s`)
}
