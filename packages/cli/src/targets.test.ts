import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from './exit.ts'
import { pathsOfOutputs, targetsOf } from './targets.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pdf-smaller-targets-'))
  writeFileSync(path.join(folder, 'there.pdf'), '')
  writeFileSync(path.join(folder, 'scan-small.pdf'), '')
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Targets as paths relative to the folder. */
function targets(files: string[], over: { out?: string; task?: string; force?: boolean } = {}) {
  const { out, task = 'compress', force = false } = over
  const at = (name: string) => path.join(folder, name) + (name.endsWith('/') ? '/' : '')
  const found = targetsOf(files.map(at), { task, out: out === undefined ? out : at(out), force })
  return found.map((target) => path.relative(folder, target.path))
}

describe('results go', () => {
  it.each([
    [['a.pdf'], {}, ['a-small.pdf']],
    [['sub/a.pdf', 'b.PDF'], {}, ['sub/a-small.pdf', 'b-small.PDF']],
    [['a.pdf'], { task: 'ocr' }, ['a-ocr.pdf']],
    [['a.pdf'], { out: 'b.pdf' }, ['b.pdf']],
    [['a.pdf'], { out: 'new/' }, ['new/a.pdf']],
    [['a.pdf'], { out: '.' }, ['a.pdf']],
    [['sub/a.pdf', 'b.pdf'], { out: 'new' }, ['new/a.pdf', 'new/b.pdf']],
    [['a.pdf'], { out: 'there.pdf', force: true }, ['there.pdf']],
  ])('of %j with %j to %j', (files, over, expected) => {
    expect(targets(files, over)).toEqual(expected)
  })

  it.each([
    [['a.pdf'], { out: 'there.pdf' }, 'there.pdf is there already; --force writes over it'],
    [['scan.pdf'], {}, 'scan-small.pdf is there already; --force writes over it'],
    [['there.pdf', 'b.pdf'], { out: '.' }, 'there.pdf is there already'],
    [['a.pdf', 'sub/a.pdf'], { out: 'new' }, 'two results would be written to'],
    [['a.pdf', 'a.pdf'], { force: true }, 'two results would be written to'],
  ])('nowhere for %j with %j', (files, over, message) => {
    expect(() => targets(files, over)).toThrow(UsageError)
    expect(() => targets(files, over)).toThrow(message)
  })
})

it.each([
  ['a-small.pdf', false, ['x.pdf'], ['a-small.pdf']],
  ['a-split.pdf', false, ['pages.zip'], ['a-split.zip']],
  ['named.bin', true, ['pages.zip'], ['named.bin']],
  ['dir/a-ocr.pdf', false, ['x.pdf', 'x.txt'], ['dir/a-ocr.pdf', 'dir/a-ocr.txt']],
  ['out.pdf', true, ['x.pdf', 'y.pdf', 'z.pdf'], ['out.pdf', 'out-2.pdf', 'out-3.pdf']],
  ['a.pdf', false, ['no extension'], ['a']],
  ['a.pdf', false, [], []],
])('outputs at %s (named by the user: %s) %j are %j', (target, exact, names, expected) => {
  expect(pathsOfOutputs({ path: target, exact }, names)).toEqual(expected)
})
