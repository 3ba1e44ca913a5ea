import { readFile } from 'node:fs/promises'
import { JobView } from '@pdf-smaller/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { filesBelow, type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'

const examples = new URL('../../examples/', import.meta.url)

let system: RunningSystem
beforeAll(async () => {
  system = await startSystemProcess()
})
afterAll(() => system.close())

/** Requests a job over a file of the examples and waits for it. */
async function ask(task: string, name: string, options: object): Promise<JobView> {
  const form = new FormData()
  form.set('options', JSON.stringify(options))
  form.append('file', new Blob([Uint8Array.from(await readFile(new URL(name, examples)))]), name)
  const url = `${system.url}/api/jobs/${task}`
  const response = await fetch(url, { method: 'POST', body: form, headers: { prefer: 'wait=60' } })
  return JobView.parse(await response.json())
}

const resultOf = async ({ id }: JobView) =>
  Buffer.from(await (await fetch(`${system.url}/api/jobs/${id}/result`)).arrayBuffer())

it('makes a fax searchable, and leaves nothing but its files', async () => {
  const job = await ask('ocr', 'fax.pdf', { sidecar: true })
  expect(job).toMatchObject({ status: 'completed', result: { pages: 2, untouched: 0 } })
  expect(job.outputs.map(({ name }) => name)).toEqual(['fax.pdf', 'fax.txt'])
  expect(await run(await resultOf(job), 'pdftotext', ['{}', '-'])).toMatch(/\w{5,} \w{3,}/)
  expect((await filesBelow(system.folder)).filter((name) => name.includes('/parts/'))).toEqual([])
})

it('extracts the words of an invoice with their places', async () => {
  const job = await ask('extract-text', 'invoice.pdf', { format: 'json' })
  expect(job).toMatchObject({ status: 'completed' })
  expect(JSON.parse((await resultOf(job)).toString())).toMatchObject({ unit: 'pt', pages: [{ page: 1 }] })
})

it('names the languages that there are when one is not', async () => {
  const job = await ask('ocr', 'fax.pdf', { languages: ['tlh'] })
  expect(job.failure).toMatchObject({ code: 'unknown_language' })
  expect(job.failure?.message).toMatch(/tlh; there are .*eng/)
})
