import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { longFiles } from './longest-first.ts'

it('names test files that are there, each once', () => {
  expect(longFiles.filter((file) => !existsSync(path.resolve(import.meta.dirname, '..', file)))).toEqual([])
  expect(new Set(longFiles).size).toBe(longFiles.length)
})
