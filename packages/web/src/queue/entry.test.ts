import { expect, it } from 'vitest'
import {
  afterReload,
  dueUploads,
  type Entry,
  isOld,
  isReady,
  isRefusedForNow,
  isSame,
  isUntaken,
  mayGoAgain,
  usableEntries,
  type Way,
} from './entry.ts'

const entry = (id: string, way: Way): Entry => ({
  id,
  name: `${id}.pdf`,
  size: 9,
  contentType: 'application/pdf',
  lastModified: 1,
  at: 1,
  owner: '',
  way,
})
const told = { title: 'Full', message: 'Full. Wait.', code: 'storage_full', retryable: true }

it('sends three files at once, in the order in which they came', () => {
  const waiting = ['a', 'b', 'c', 'd', 'e'].map((id) => entry(id, { kind: 'waiting' }))
  expect(dueUploads(waiting).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  const under = [
    entry('0', { kind: 'sending', sent: 1, since: 1 }),
    entry('1', { kind: 'refused', told }),
    ...waiting,
  ]
  expect(dueUploads(under).map(({ id }) => id)).toEqual(['a', 'b'])
  const full = ['1', '2', '3'].map((id) => entry(id, { kind: 'sending', sent: 1, since: 1 }))
  expect(dueUploads([...full, ...waiting])).toEqual([])
})

it('is ready when every file that can go is with the service', () => {
  const refused = entry('c', { kind: 'refused', told })
  const sent = entry('a', { kind: 'sent', uploadId: '1' })
  expect(isReady(usableEntries([refused]))).toBe(false)
  expect(isReady(usableEntries([refused, sent]))).toBe(true)
  expect(isReady([entry('a', { kind: 'sent', uploadId: '1' })])).toBe(true)
  expect(isReady([entry('a', { kind: 'sent', uploadId: '1' }), entry('b', { kind: 'waiting' })])).toBe(false)
})

it.each<[Way, boolean, string]>([
  [{ kind: 'sending', sent: 5, since: 1 }, true, 'waiting'],
  [{ kind: 'sending', sent: 5, since: 1 }, false, 'lost'],
  [{ kind: 'waiting' }, true, 'waiting'],
  [{ kind: 'refused', told }, true, 'refused'],
  [{ kind: 'refused', told }, false, 'lost'],
  [{ kind: 'sent', uploadId: '1' }, false, 'sent'],
  [{ kind: 'submitted', jobId: '1' }, false, 'submitted'],
  [{ kind: 'lost' }, false, 'lost'],
])('after a reload %j, with its file %s, is %s', (way, hasFile, kind) => {
  expect(afterReload(entry('a', way), hasFile).way.kind).toBe(kind)
})

it('knows a file again by its name, size and time', () => {
  const lost = entry('a', { kind: 'lost' })
  expect(isSame(lost, { name: 'a.pdf', size: 9, lastModified: 1 })).toBe(true)
  expect(isSame(lost, { name: 'a.pdf', size: 8, lastModified: 1 })).toBe(false)
})

it('belongs to the first key that is shown, until the service has taken it without one', () => {
  const ways: Way[] = [{ kind: 'waiting' }, { kind: 'refused', told }, { kind: 'sent', uploadId: '1' }]
  expect(ways.map((way) => isUntaken(entry('a', way)))).toEqual([true, true, false])
  expect(isUntaken({ ...entry('a', { kind: 'waiting' }), owner: 'somebody' })).toBe(false)
})

it('is forgotten after a week, or where an older page has kept it without its time', () => {
  const week = 7 * 24 * 3_600_000
  expect([isOld({ at: 1 }, week), isOld({ at: 1 }, week + 2), isOld({ at: Number.NaN }, 0)]).toEqual([
    false,
    true,
    true,
  ])
})

it('sends again what was refused for now, and what was stopped only where it is asked for by itself', () => {
  const ways: Way[] = [
    { kind: 'refused', told },
    { kind: 'refused', told: { ...told, retryable: false } },
    { kind: 'stopped' },
    { kind: 'sent', uploadId: '1' },
  ]
  expect(ways.map((way) => isRefusedForNow({ way }))).toEqual([true, false, false, false])
  expect(ways.map((way) => mayGoAgain({ way }))).toEqual([true, false, true, false])
})
