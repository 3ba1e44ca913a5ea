import { readFile } from 'node:fs/promises'
import { Estimate } from '@pdf-smaller/contracts'
import { quantile } from './load/http-load.ts'
import { paddedPdf } from './padded-pdf.ts'
import type { BenchSystem } from './system.ts'
import type { Figure } from './table.ts'

const rounds = 9

/** How long an estimate takes, upload included. */
export async function measureEstimate({ url }: BenchSystem): Promise<Figure[]> {
  const example = await readFile(new URL('../examples/brochure.pdf', import.meta.url))
  const pdf = paddedPdf(example, 20_000_000)
  const found: number[] = []
  for (let round = 0; round < rounds; round++) {
    const form = new FormData()
    form.set('file', new Blob([pdf], { type: 'application/pdf' }), 'a.pdf')
    const startedAt = performance.now()
    const response = await fetch(`${url}/api/estimate`, { method: 'POST', body: form })
    Estimate.parse(await response.json())
    found.push(performance.now() - startedAt)
  }
  return [
    {
      name: 'estimate of 20 MB',
      value: quantile(found, 0.5),
      unit: 'ms',
      goal: { at: 'most', value: 300 },
    },
  ]
}
