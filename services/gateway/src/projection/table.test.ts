import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTable } from './table.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'table-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const names = ['projection.sqlite', 'projection.sqlite-shm', 'projection.sqlite-wal']
const open = () => openTable(path.join(folder, 'projection.sqlite'))
/** The files that others than their owner may do something with. */
const openToOthers = () =>
  readdirSync(folder).filter((name) => (statSync(path.join(folder, name)).mode & 0o077) !== 0)
const reached = { checkpoint: { sequence: 1, history: 'one' }, usages: {} }

it('keeps rows of all tenants from other users of the machine, in every file and also after a new beginning', () => {
  const table = open()
  for (const history of [undefined, 'one']) {
    if (history !== undefined) table.begin(history)
    table.complete()
    table.save({ rows: [], removed: [] }, reached)
    expect(readdirSync(folder).sort()).toEqual(names)
    expect(openToOthers()).toEqual([])
  }
  table.close()
})

it('takes the files that an earlier release left readable from other users', () => {
  const earlier = open()
  earlier.complete()
  earlier.save({ rows: [], removed: [] }, reached)
  // Not closed, as by a crash: the files beside it stay.
  for (const name of names) chmodSync(path.join(folder, name), 0o644)
  const table = open()
  expect(table.checkpoint).toEqual(reached.checkpoint)
  expect(openToOthers()).toEqual([])
  table.close()
  earlier.close()
})
