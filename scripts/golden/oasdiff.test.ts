import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { findOasdiff } from '../provision/oasdiff.ts'
import { apiBreaks, current, released } from './oasdiff.ts'

let folder: string
let oasdiff: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-oasdiff-'))
  const found = findOasdiff()
  if (!found) throw new Error('there is no oasdiff: run node scripts/setup.mjs --test')
  oasdiff = found
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const Schema = z.looseObject({ properties: z.record(z.string(), z.looseObject({})).optional() })
const Api = z.looseObject({
  paths: z.record(z.string(), z.unknown()),
  components: z.looseObject({ schemas: z.record(z.string(), Schema) }),
})
type Api = z.infer<typeof Api>

/** What breaks when the API is changed so. */
async function brokenBy(change: (api: Api) => void): Promise<string> {
  const api = Api.parse(JSON.parse(await readFile(current, 'utf8')))
  change(api)
  const file = path.join(folder, 'changed.json')
  await writeFile(file, JSON.stringify(api))
  return (await apiBreaks(oasdiff, current, file)).join('\n')
}

it('the HTTP API breaks no client of the last release', async () => {
  expect(await apiBreaks(oasdiff, released, current)).toEqual([])
})

it('would be told that a path is gone, and that a member of an answer is', async () => {
  const broken = await brokenBy(({ paths, components }) => {
    delete paths['/api/redrive']
    delete components.schemas['Status']?.properties?.['status']
  })
  expect(broken).toContain('/api/redrive')
  expect(broken).toContain('response-required-property-removed')
})

it('may come to have more codes of failures', async () => {
  const broken = await brokenBy(({ components }) => {
    const code = components.schemas['Problem']?.properties?.['code']
    if (code)
      code['x-extensible-enum'] = [...z.array(z.string()).parse(code['x-extensible-enum']), 'new_code']
  })
  expect(broken).toBe('')
})
