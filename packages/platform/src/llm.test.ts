import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aboutLlm as about, type LlmSettings } from './llm.ts'

const key = 'sk-right'
const aboutLlm = (settings: Partial<LlmSettings>) =>
  about({ LLM_MODELS: [], LLM_CONTEXT_TOKENS: 8192, ...settings })
let folder: string
let server: Server
let url: string
let models = '{"object":"list","data":[]}'
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-llm-'))
  server = createServer(({ url: asked, headers }, response) => {
    if (asked === '/moved/models') return response.writeHead(302, { location: '/v1/models' }).end()
    if (asked !== '/v1/models') return response.writeHead(404).end()
    const allowed = headers.authorization === `Bearer ${key}`
    return response.writeHead(allowed ? 200 : 401).end(models)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  url = `http://127.0.0.1:${address.port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

it('is not asked for where the settings name none', async () => {
  expect(await aboutLlm({ LLM_API_KEY: key })).toBeUndefined()
})

it('answers with its models to the right key, from the settings or from a file', async () => {
  const file = path.join(folder, 'key')
  await writeFile(file, `${key}\n`)
  for (const settings of [{ LLM_API_KEY: key }, { LLM_API_KEY_FILE: file }])
    expect(await aboutLlm({ LLM_URL: `${url}/v1/`, ...settings })).toEqual({
      url: `${url}/v1`,
      ms: expect.any(Number),
    })
})

it.each([
  ['/v1', 'sk-wrong', 'it refuses the key with 401; check PDF_SMALLER_LLM_API_KEY'],
  ['/v1', undefined, 'it refuses requests without a key with 401'],
  ['/v2', key, 'it answers with 404; check PDF_SMALLER_LLM_URL'],
  ['/moved', key, 'it answers with 302'],
])('of %s with %s: %s', async (place, given, problem) => {
  const found = await aboutLlm({ LLM_URL: url + place, LLM_API_KEY: given })
  expect(found?.problem).toContain(problem)
  expect(JSON.stringify(found)).not.toContain('sk-')
})

it('cannot be reached where nobody listens, and where its key is missing', async () => {
  const nobody = await aboutLlm({ LLM_URL: 'http://127.0.0.1:1/v1' })
  expect(nobody?.problem).toContain('it cannot be reached: ')
  const keyless = await aboutLlm({ LLM_URL: `${url}/v1`, LLM_API_KEY_FILE: path.join(folder, 'none') })
  expect(keyless?.problem).toMatch(/^its key cannot be read: ENOENT/)
  const broken = await aboutLlm({ LLM_URL: `${url}/v1`, LLM_API_KEY: 'sk-a\nb' })
  expect(broken?.problem).toMatch(/^its key is empty, or has characters/)
})

it.each([
  ['has it', '{"data":[{"id":"small"},{"id":"other"}]}', undefined],
  ['lists none', '{"data":[]}', undefined],
  ['answers with something else', '<html>', undefined],
  ['has others', '{"data":[{"id":"other"}]}', 'it has no model small; check PDF_SMALLER_LLM_MODELS'],
  [
    'has one that takes less',
    '{"data":[{"id":"small","max_model_len":4096}]}',
    'its model small takes 4096 tokens',
  ],
  ['has one that takes as much', '{"data":[{"id":"small","meta":{"n_ctx":8192}}]}', undefined],
])('that %s is asked for the model of the settings', async (_, list, problem) => {
  models = list
  const found = await aboutLlm({ LLM_URL: `${url}/v1`, LLM_API_KEY: key, LLM_MODELS: ['small'] })
  if (problem) expect(found?.problem).toContain(problem)
  else expect(found).not.toHaveProperty('problem')
})
