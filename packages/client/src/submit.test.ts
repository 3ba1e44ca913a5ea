import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const program = fileURLToPath(new URL('../testing/send.ts', import.meta.url))
const size = 300_000_000

it('reads a file while it sends it, and says its length before', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-send-'))
  let announced = 0
  let received = 0
  const server = createServer((request, response) => {
    announced = Number(request.headers['content-length'])
    request.on('data', (chunk: Buffer) => {
      received += chunk.length
    })
    request.once('end', () => response.writeHead(400).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const file = path.join(folder, 'large.pdf')
    const handle = await open(file, 'w')
    await handle.truncate(size)
    await handle.close()
    const sent = await promisify(execFile)(process.execPath, [program, `http://127.0.0.1:${port}`, file])
    expect(received).toBeGreaterThan(size)
    expect(announced).toBe(received)
    expect(Number(sent.stdout)).toBeLessThan(size * 0.8)
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
})
