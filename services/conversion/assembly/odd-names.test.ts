import { expect, it } from 'vitest'
import { drawnByName, names, samplesAt } from '@pdf-smaller/pdf/testing/odd-names'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { pdfium, poppler } from '@pdf-smaller/testing/pdf/drawn'
import { merge } from '../tasks/merge/task.ts'
import { split } from '../tasks/split/task.ts'
import { unzip } from '../testing/unzip.ts'

it('names with a # that means nothing lead where they led in parts of a document', async () => {
  const inputs = ['a.pdf', 'b.pdf'].map((name) => ({ name, bytes: drawnByName() }))
  const merged = await runTask(merge, inputs)
  const bytes = merged.outputs[0]?.bytes ?? Buffer.alloc(0)
  const { outputs } = await runTask(split, [{ name: 'c.pdf', bytes }])
  const files = await unzip(outputs[0]?.bytes ?? Buffer.alloc(0))
  const parts = [...files].filter(([name]) => name.endsWith('.pdf')).map(([, part]) => part)
  expect(parts).toHaveLength(2)
  for (const part of parts)
    for (const { draw, name } of [poppler, pdfium])
      expect(samplesAt((await draw(part)).samples), name).toEqual(names.map(() => 0))
})
