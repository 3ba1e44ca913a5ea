import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { openEffects } from './effects.ts'
import { openFate } from './fate.ts'

// Books each outcome that a webhook brings, once by its id: `WEBHOOK_SECRET=whsec_… node receive.ts <port> <effects>`.
const [port = '', books = ''] = process.argv.slice(2)
const Message = z.object({ id: z.string(), sequence: z.number(), data: z.object({ jobId: z.string() }) })
const webhook = new Webhook(process.env['WEBHOOK_SECRET'] ?? '')
const moment = openFate()
const effects = openEffects(books, moment)

function take(body: string, headers: Record<string, string>): number {
  try {
    webhook.verify(body, headers)
  } catch {
    return 401
  }
  const { id, sequence, data } = Message.parse(JSON.parse(body))
  if (!effects.has({ id })) effects.add({ id, sequence, job: data.jobId })
  return 204
}

createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
    response.writeHead(take(Buffer.concat(chunks).toString(), Object.fromEntries(headers))).end(moment)
  })
}).listen(Number(port), '127.0.0.1')
