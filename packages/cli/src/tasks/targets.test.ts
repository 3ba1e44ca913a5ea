import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '../program/exit.ts'
import { endingsOf, isWrittenThrough, pathsOfOutputs, targetsOf } from './targets.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pdf-smaller-targets-'))
  writeFileSync(path.join(folder, 'there.pdf'), '')
  writeFileSync(path.join(folder, 'scan-small.pdf'), '')
  writeFileSync(path.join(folder, 'scan-split.zip'), '')
  writeFileSync(path.join(folder, 'bill.csv'), '')
  symlinkSync('there.pdf', path.join(folder, 'link.pdf'))
  symlinkSync('nothing.pdf', path.join(folder, 'dangling'))
})
afterAll(() => rmSync(folder, { recursive: true }))

type Over = { out?: string; task?: string; force?: boolean; endings?: string[] }

/** Targets as paths relative to the folder. */
function targets(files: string[], over: Over = {}) {
  const { out, task = 'compress', force = false, endings } = over
  const at = (name: string) =>
    name === '-' ? name : path.join(folder, name) + (name.endsWith('/') ? '/' : '')
  const found = targetsOf(files.map(at), { task, out: out === undefined ? out : at(out), force, endings })
  return found.map((target) => (target.path === '-' ? '-' : path.relative(folder, target.path)))
}

it('results go to a device without being told to write over it', () => {
  const asked = { task: 'compress', out: '/dev/null', force: false }
  expect(targetsOf([path.join(folder, 'a.pdf')], asked)).toEqual([{ path: '/dev/null', exact: true }])
})

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
    [['-'], {}, ['-']],
    [['a.pdf'], { out: '-' }, ['-']],
    [['-'], { out: 'new/' }, ['new/stdin.pdf']],
    [['a.pdf'], { out: 'dangling' }, ['dangling']],
  ])('of %j with %j to %j', (files, over, expected) => {
    expect(targets(files, over)).toEqual(expected)
  })

  it.each([
    [['a.pdf'], { out: 'there.pdf' }, 'there.pdf is there already; --force writes over it'],
    [['scan.pdf'], {}, 'scan-small.pdf is there already; --force writes over it'],
    [['there.pdf', 'b.pdf'], { out: '.' }, 'there.pdf is there already'],
    [['a.pdf', 'sub/a.pdf'], { out: 'new' }, 'two results would be written to'],
    [['a.pdf', 'a.pdf'], { force: true }, 'two results would be written to'],
    [['a.pdf', 'b.pdf'], { out: '-' }, '-o - takes the result of one job'],
    [['scan.pdf'], { task: 'split', endings: ['.zip'] }, 'scan-split.zip is there already'],
    [['a.pdf'], { out: 'bill.json', endings: ['.json', '.csv'] }, 'bill.csv is there already'],
    [['a.pdf'], { out: 'link.pdf' }, 'link.pdf is there already'],
    [['a.pdf'], { out: 'there.pdf/b.pdf' }, 'there.pdf is no folder'],
  ])('nowhere for %j with %j', (files, over, message) => {
    expect(() => targets(files, over)).toThrow(UsageError)
    expect(() => targets(files, over)).toThrow(message)
  })
})

it.each([
  ['a-small.pdf', false, ['x.pdf'], ['a-small.pdf']],
  ['a-split.pdf', false, ['pages.zip'], ['a-split.zip']],
  ['A-small.PDF', false, ['x.pdf', 'x.txt'], ['A-small.PDF', 'A-small.txt']],
  ['named.bin', true, ['pages.zip'], ['named.bin']],
  ['dir/a-ocr.pdf', false, ['x.pdf', 'x.txt'], ['dir/a-ocr.pdf', 'dir/a-ocr.txt']],
  ['out.pdf', true, ['x.pdf', 'y.pdf', 'z.pdf'], ['out.pdf', 'out-2.pdf', 'out-3.pdf']],
  ['a.pdf', false, ['no extension'], ['a']],
  ['a.pdf', false, [], []],
])('outputs at %s (named by the user: %s) %j are %j', (target, exact, names, expected) => {
  expect(pathsOfOutputs({ path: target, exact }, names)).toEqual(expected)
})

it('devices and links to nothing are written through', () => {
  expect(isWrittenThrough('/dev/null')).toBe(true)
  expect(isWrittenThrough(path.join(folder, 'dangling'))).toBe(true)
  expect(isWrittenThrough(path.join(folder, 'link.pdf'))).toBe(false)
  expect(isWrittenThrough(path.join(folder, 'none'))).toBe(false)
})

it('which files a task writes depends on its options and their defaults', () => {
  const task = {
    outputs: [
      { ending: '.json' },
      { ending: '.csv', when: { option: 'exports', is: 'csv' } },
      { ending: '.txt', when: { option: 'sidecar', is: true } },
    ],
    options: {
      required: [],
      properties: { exports: { default: ['csv', 'xlsx'] }, sidecar: { default: false } },
    },
  }
  expect(endingsOf(task, {})).toEqual(['.json', '.csv'])
  expect(endingsOf(task, { exports: ['xlsx'], sidecar: true })).toEqual(['.json', '.txt'])
  expect(endingsOf({ ...task, outputs: undefined }, {})).toEqual([])
})
