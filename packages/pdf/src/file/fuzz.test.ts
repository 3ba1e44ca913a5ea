import { JobFailure } from '@pdf-smaller/contracts'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { aPage, catalogue, contents, fileOf, onePage, RawDocument } from '../../testing/raw-document.ts'
import { pdfObjects } from '../objects/pdf-objects.ts'
import { budgetOf } from './budget.ts'
import { readDocument } from './read-document.ts'
import { readPageTree } from './read-pages.ts'

const never = new AbortController().signal
const root = '/Root 1 0 R/Size 9'

const withTable = new RawDocument()
  .object(1, catalogue)
  .object(2, onePage)
  .object(3, aPage)
  .stream(4, '', contents, '5 0 R')
  .object(5, String(contents.length))
  .table(root)
const packed = new RawDocument().stream(4, '', contents).packed(5, { 1: catalogue, 2: onePage, 3: aPage })
packed.places(
  6,
  [
    [1, 2, 5, 0],
    [2, 2, 5, 1],
    [3, 2, 5, 2],
    [4, 1, packed.offsets.get(4) ?? 0, 0],
    [5, 1, packed.offsets.get(5) ?? 0, 0],
  ],
  root,
)

/** Pieces of the format that do harm where they do not belong. */
const pieces = [
  '<<',
  '>>',
  '[',
  ']',
  '(',
  '<',
  'stream\n',
  'endobj',
  ' 1 0 R',
  '/Kids',
  '/Prev ',
  '/W',
  '999999999',
  '-1',
  'xref',
  'obj',
]
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(12),
  put: fc.oneof(
    fc.constantFrom(...pieces).map((piece) => Buffer.from(piece)),
    fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
  ),
})

it('reads changed bytes, or says in words why not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(withTable.bytes(), packed.bytes()),
      fc.array(change, { minLength: 1, maxLength: 5 }),
      async (original, changes) => {
        let bytes = original
        for (const { at, cut, put } of changes) {
          const place = Math.floor(at * bytes.length)
          bytes = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + cut)])
        }
        try {
          const read = await readDocument(fileOf(bytes), budgetOf(1000, never))
          readPageTree(pdfObjects(read.objects, read.trailer), () => '999 0 R')
        } catch (error) {
          expect(error).toBeInstanceOf(JobFailure)
        }
      },
    ),
    { numRuns: 4000, seed: 20_261_130 },
  )
}, 20_000)
