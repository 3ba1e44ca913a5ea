import { expect, it } from 'vitest'
import { loadedWith, namedIn, pathsIn } from './loaded-files.ts'

it('tells what a file loads from what it imports for its types, or where it is needed', () => {
  const source = `
import 'a'
import b, { type B } from 'b'
import {
  type C,
  type D,
} from 'c'
import type { E } from 'e'
export * from 'f'
export type { G } from 'g'
const h = () => import('h')
`
  const loaded = namedIn(source).filter(({ loads }) => loads)
  expect(loaded.map(({ name }) => name).sort()).toEqual(['a', 'b', 'f'])
  expect(
    namedIn(source)
      .map(({ name }) => name)
      .sort(),
  ).toEqual('abcefgh'.split(''))
})

it('follows what is loaded by way of others, in circles too', () => {
  const links: Record<string, string[]> = { a: ['b'], b: ['c'], c: ['a'], d: ['e'] }
  expect(loadedWith('a', (file) => links[file] ?? [])).toEqual(['b', 'c', 'a'])
})

it('finds the code that is named by a path, in whatever way', () => {
  const source = `
import { a } from './a.ts'
new URL('thread.ts', import.meta.url)
fork('../host/main.ts')
spawn(node, ['services/all/src/main.ts'])
import(\`../../b.ts\`)
path.join(import.meta.dirname, '..', '../c', 'd.ts')
path.join(folder, 'e.ts')
`
  expect(pathsIn(source).sort()).toEqual(
    ['../host/main.ts', './../../c/d.ts', 'services/all/src/main.ts'].sort(),
  )
  expect(namedIn(source).map(({ name }) => name)).toEqual(['./a.ts', '../../b.ts'])
})
