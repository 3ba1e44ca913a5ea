import { readFile } from 'node:fs/promises'
import { Parser } from '@asyncapi/parser'
import { expect, it } from 'vitest'
import { z } from 'zod'

const file = new URL('../../docs/api/asyncapi.json', import.meta.url)

/** What the parser of AsyncAPI finds in a document, by its schema and the rules that it recommends, hints included. */
async function problems(source: string): Promise<string[]> {
  const { diagnostics } = await new Parser().parse(source)
  return diagnostics.map(({ code, path, message }) => `${code} at ${path.join('/')}: ${message}`)
}

const Document = z.looseObject({ channels: z.record(z.string(), z.looseObject({ address: z.string() })) })

it('the description of the events is one to the parser of AsyncAPI, without a warning', async () => {
  expect(await problems(await readFile(file, 'utf8'))).toEqual([])
})

it('would be told what is wrong with it', async () => {
  const { channels, ...rest } = Document.parse(JSON.parse(await readFile(file, 'utf8')))
  const [[name, channel] = ['', {}]] = Object.entries(channels)
  const faulty = {
    ...rest,
    channels: { ...channels, [name]: { ...channel, parameters: {} } },
    operations: { x: {} },
  }
  const found = (await problems(JSON.stringify(faulty))).join('\n')
  expect(found).toContain('operations/x')
  expect(found).toContain(`channels/${name}`)
})
