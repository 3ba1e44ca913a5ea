import { readFile } from 'node:fs/promises'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Ruleset, Spectral } from '@stoplight/spectral-core'
import { oas } from '@stoplight/spectral-rulesets'
import { describe, expect, it } from 'vitest'

const file = new URL('../../docs/api/openapi.json', import.meta.url)

/** What the recommended rules of Redocly find in a document, warnings included. */
async function redocly(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'] })
  const problems = await lintFromString({ source, absoluteRef: file.pathname, config })
  return problems.map(
    ({ ruleId, location, message }) =>
      `${ruleId} at ${location.map(({ pointer }) => pointer).join()}: ${message}`,
  )
}

/** What the recommended rules of Spectral find in a document, warnings included. */
async function spectral(source: string): Promise<string[]> {
  const linter = new Spectral()
  linter.setRuleset(new Ruleset({ extends: [[oas, 'recommended']] }))
  const problems = await linter.run(JSON.parse(source))
  return problems.map(({ code, path, message }) => `${code} at ${path.join('/')}: ${message}`)
}

describe('the description of the API', () => {
  it.each([
    ['Redocly', redocly],
    ['Spectral', spectral],
  ])('keeps the recommended rules of %s', async (_, problems) => {
    expect(await problems(await readFile(file, 'utf8'))).toEqual([])
  })

  it('would be told what is wrong with it', async () => {
    const twice = { get: { responses: { 200: { description: 'The same address twice' } } } }
    const faulty = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Faulty', version: '1' },
      paths: { '/jobs/{id}': twice, '/jobs/{task}': twice },
    })
    expect((await redocly(faulty)).join('\n')).toContain('no-identical-paths')
    expect((await spectral(faulty)).join('\n')).toContain('path-params')
  })
})
