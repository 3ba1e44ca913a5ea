import { concludeOther } from '@pdf-smaller/extraction'
import { expect, it } from 'vitest'
import { notesOf, withHardlyRead } from './hardly-read.ts'

const little = ['Little or nothing could be read on page 1']

it.each([
  ['sure', { confidence: 93, unread: 0.005 }, []],
  ['blank', { confidence: undefined, unread: 0 }, []],
  ['turned', { confidence: 49.7, unread: 0.13 }, little],
  ['half', { confidence: 90, unread: 0.4 }, little],
  ['a drawing', { confidence: undefined, unread: 0.3 }, little],
])('tells of a page that was read from its image and is %s', (_, read, notes) => {
  expect(notesOf(1, { kind: 'read', page: 1, ...read }, false)).toEqual(notes)
})

it('gives as a reason against a document what could not be read of it', () => {
  const gate = { accepted: false, confidence: 0.5, reasons: [{ text: 'it has no total', speaksFor: false }] }
  const document = concludeOther({ documentType: 'unknown', pages: [1, 2], gate, choices: [] })
  expect(withHardlyRead(document, new Set([1])).gate.reasons.map(({ text }) => text)).toEqual([
    ...little,
    'it has no total',
  ])
  expect(withHardlyRead(document, new Set([3]))).toEqual(document)
})
