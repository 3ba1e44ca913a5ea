import { expect, it } from 'vitest'
import { aPage, catalogue, contents, onePage, RawDocument } from '@pdf-smaller/pdf/testing/raw-document'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { qpdfCheck } from '@pdf-smaller/testing/pdf/inspect'
import { unzip } from '../testing/unzip.ts'
import { split } from '../tasks/split/task.ts'

/** A hybrid file (ISO 32000-1, 7.5.8.4) whose trailers tell of more objects than any file has. */
function miscounted(): Buffer {
  const document = new RawDocument().stream(4, '', contents).packed(5, { 1: catalogue, 2: onePage, 3: aPage })
  const root = '/Root 1 0 R/Size 3000000000'
  const at = document.size
  document.places(
    6,
    [
      [1, 2, 5, 0],
      [2, 2, 5, 1],
      [3, 2, 5, 2],
      [4, 1, document.offsets.get(4) ?? 0, 0],
      [5, 1, document.offsets.get(5) ?? 0, 0],
    ],
    root,
  )
  return document.table(`${root}/XRefStm ${at}`, { numbers: [4], free: [1, 2, 3, 5] }).bytes()
}

it('makes of a file that engines cannot open one that they can', async () => {
  const { result, outputs } = await runTask(split, [{ name: 'a.pdf', bytes: miscounted() }])
  expect(result).toMatchObject({ repaired: true, looked: { pages: 1, text: 1 } })
  expect(result.looked.look).toBeGreaterThan(0)
  const files = await unzip(outputs[0]?.bytes ?? Buffer.alloc(0))
  await qpdfCheck(files.get('a-1-1.pdf') ?? Buffer.alloc(0))
})
