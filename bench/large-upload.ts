import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { BenchSystem } from './system.ts'
import type { Figure } from './table.ts'

const boundary = 'pdf-smaller-bench-large'
const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF-1.7\n`
const tail = `\r\n--${boundary}--\r\n`
const piece = Buffer.alloc(1024 * 1024, 7)

/** How much the gateway's process grows while it takes a file of 1 GB. */
export async function measureLargeUpload(system: BenchSystem, quick: boolean): Promise<Figure[]> {
  const pieces = quick ? 200 : 1000
  await wait(1000)
  const before = await system.residentMemory()
  let peak = before
  const timer = setInterval(() => {
    void system.residentMemory().then((now) => (peak = Math.max(peak, now)))
  }, 20)
  const startedAt = performance.now()
  const status = await upload(`${system.url}/api/jobs/hold`, pieces)
  clearInterval(timer)
  if (status !== 202) throw new Error(`the upload was answered with ${status}`)
  const seconds = (performance.now() - startedAt) / 1000
  return [
    {
      name: `growth of the gateway while it takes ${pieces} MiB`,
      value: (peak - before) / 1e6,
      unit: 'MB',
      goal: { at: 'most', value: 64 },
    },
    { name: 'rate of that upload', value: pieces / seconds, unit: 'MiB/s' },
  ]
}

async function upload(url: string, pieces: number): Promise<number | undefined> {
  const outgoing = request(url, {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': head.length + tail.length + pieces * piece.length,
    },
  })
  const answered = once(outgoing, 'response')
  outgoing.write(head)
  for (let n = 0; n < pieces; n++) if (!outgoing.write(piece)) await once(outgoing, 'drain')
  outgoing.end(tail)
  const [response] = await answered
  response.resume()
  await once(response, 'end')
  return response.statusCode
}
