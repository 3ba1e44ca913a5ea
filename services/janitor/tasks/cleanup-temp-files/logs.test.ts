import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { fateOfLog, sweepLogs } from './logs.ts'

const day = 86_400_000

it.each([
  ['gateway.log', 6 * day, 'keep'],
  ['gateway.log', 8 * day, 'compress'],
  ['gateway.log.1', 8 * day, 'compress'],
  ['gateway.log.gz', 8 * day, 'keep'],
  ['gateway.log', 91 * day, 'delete'],
  ['gateway.log.gz', 91 * day, 'delete'],
  ['gateway.log.gz.part', 91 * day, 'keep'],
  ['notes.txt', 91 * day, 'keep'],
] as const)('%s, idle for %i ms: %s', (name, idle, fate) => {
  expect(fateOfLog(name, idle)).toBe(fate)
})

it('packs and deletes old log files, once', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-logs-'))
  try {
    const now = new Date()
    for (const [name, days] of Object.entries({ 'new.log': 1, 'old.log': 10, 'oldest.log': 100 })) {
      const at = new Date(now.getTime() - days * day)
      await writeFile(path.join(folder, name), `lines of ${name}`)
      await utimes(path.join(folder, name), at, at)
    }
    expect(await sweepLogs(folder, now)).toEqual({ compressed: 1, deleted: 1 })
    expect((await readdir(folder)).sort()).toEqual(['new.log', 'old.log.gz'])
    expect(gunzipSync(await readFile(path.join(folder, 'old.log.gz'))).toString()).toBe('lines of old.log')
    expect(await sweepLogs(folder, now)).toEqual({ compressed: 0, deleted: 0 })
    expect(await sweepLogs(folder, new Date(now.getTime() + 85 * day))).toEqual({ compressed: 1, deleted: 1 })
    expect(await sweepLogs(path.join(folder, 'none'), now)).toEqual({ compressed: 0, deleted: 0 })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
