import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { openInputs } from './inputs.ts'

describe('files that can be read only once', () => {
  const { signal } = new AbortController()
  const given = (contents: string) => new PassThrough().end(contents)

  // The service calls a file by the last part of the path that it was sent from.
  it.each([
    ['%PDF-1.7', 'stdin.pdf'],
    ['hello', 'stdin'],
  ])('are sent under the name that they are told by: %j', async (contents, name) => {
    const { files, close } = await openInputs(['-'], { input: given(contents), signal })
    const [file] = files
    expect(file && { name: file.name, sentAs: path.basename(file.path) }).toEqual({ name, sentAs: name })
    expect(file && (await readFile(file.path, 'utf8'))).toBe(contents)
    await close()
  })

  it('do not meet, though they have one name', async () => {
    const { files, close } = await openInputs(['-', '/dev/null', '/dev/../dev/null'], {
      input: given('a'),
      signal,
    })
    expect(new Set(files.map((file) => file.path)).size).toBe(3)
    expect(files.slice(1).map((file) => path.basename(file.path))).toEqual(['null', 'null'])
    await close()
  })
})
