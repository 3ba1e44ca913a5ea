import { expect, it } from 'vitest'
import { nameTree } from './name-tree.ts'

it('sorts names by their bytes, in whatever encoding they are', () => {
  const [utf16, doc, ascii, binary] = ['b:feff00e9', 'b:a031', 'b:78', 'b:00ff']
  const names = new Map([utf16, doc, ascii, binary].map((name, index) => [name, index]))
  expect(nameTree(names)).toEqual({ '/Names': [binary, 3, ascii, 2, doc, 1, utf16, 0] })
  expect(nameTree(new Map())).toBeUndefined()
})
