import { randomBytes } from 'node:crypto'
import { fileForm, httpRequest, load } from './load/http-load.ts'
import type { BenchSystem } from './system.ts'
import type { Figure } from './table.ts'

/** Uploads of 1 MB with the submission of their job, which nobody runs. */
export async function measureUploads({ port }: BenchSystem, quick: boolean): Promise<Figure[]> {
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(1_000_000)])
  const { headers, body } = fileForm('a.pdf', content)
  const request = httpRequest('POST', '/api/jobs/hold', headers, body)
  await load({ port, connections: 8, requests: 50, request: () => request })
  const result = await load({ port, connections: 8, requests: quick ? 200 : 1500, request: () => request })
  return [
    {
      name: '1 MB upload and submission, 8 at once',
      value: ((result.statuses['202'] ?? 0) / result.ms) * 1000,
      unit: 'jobs/s',
      goal: { at: 'least', value: 400 },
    },
  ]
}
