import { readFile } from 'node:fs/promises'
import { JobView } from '@pdf-smaller/contracts'
import { quantile } from './load/http-load.ts'
import { paddedPdf } from './padded-pdf.ts'
import type { BenchSystem } from './system.ts'
import type { Figure } from './table.ts'

/** What a compress job takes beside its task: upload, queue, fetching, storing and events. */
export async function measureCompress(system: BenchSystem): Promise<Figure[]> {
  const example = await readFile(new URL('../examples/handbook.pdf', import.meta.url))
  const small = await overheads(system, paddedPdf(example, 1_000_000), 9)
  const large = await overheads(system, paddedPdf(example, 20_000_000), 5)
  return [
    {
      name: 'overhead of a 1 MB compress',
      value: quantile(
        small.map(({ overheadMs }) => overheadMs),
        0.5,
      ),
      unit: 'ms',
      goal: { at: 'most', value: 10 },
    },
    {
      name: 'overhead of a 20 MB compress',
      value: quantile(
        large.map(({ overheadMs, wallMs }) => (overheadMs / wallMs) * 100),
        0.5,
      ),
      unit: '%',
      goal: { at: 'most', value: 5 },
    },
  ]
}

async function overheads({ url }: BenchSystem, pdf: Uint8Array<ArrayBuffer>, rounds: number) {
  const found: { wallMs: number; overheadMs: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const form = new FormData()
    form.set('file', new Blob([pdf], { type: 'application/pdf' }), 'a.pdf')
    form.set('fresh', 'true')
    const startedAt = performance.now()
    const response = await fetch(`${url}/api/jobs/compress`, {
      method: 'POST',
      body: form,
      headers: { prefer: 'wait=60' },
    })
    const job = JobView.parse(await response.json())
    const wallMs = performance.now() - startedAt
    if (job.status !== 'completed' || !job.measures)
      throw new Error(`the job ended ${job.status}: ${job.failure?.message}`)
    found.push({ wallMs, overheadMs: wallMs - job.measures.taskMs })
  }
  return found
}
