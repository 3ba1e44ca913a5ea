import { JobView } from '@pdf-smaller/contracts'
import { Extraction } from '@pdf-smaller/contracts/extraction'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ublXml } from '@pdf-smaller/extraction/testing/xml'
import { ofInvoice } from '@pdf-smaller/ai-extraction/testing/answers'
import {
  answersByPart,
  fails,
  hangs,
  type ScriptedModel,
  startScriptedModel,
} from '@pdf-smaller/ai-extraction/testing/scripted-model'
import { invoice } from '@pdf-smaller/testing/pdf/invoice'
import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'

const key = 'sk-that-nobody-sees'
const valuesOfDocuments = /Brightwater|BW-2026|1,?461\.00|Music Society|GB06|Thing & Co/

let model: ScriptedModel
let system: RunningSystem
beforeAll(async () => {
  model = await startScriptedModel()
  system = await startSystemProcess({
    PDF_SMALLER_LLM_URL: model.url,
    PDF_SMALLER_LLM_MODELS: 'scripted',
    PDF_SMALLER_LLM_API_KEY: key,
    PDF_SMALLER_LLM_INPUT_PRICE: '1',
    PDF_SMALLER_LLM_OUTPUT_PRICE: '1',
    PDF_SMALLER_LLM_BUDGET: '100',
    PDF_SMALLER_LOG_LEVEL: 'trace',
  })
})
afterAll(async () => {
  await system.close()
  model.close()
})
afterEach(() => {
  expect(system.log()).not.toContain(key)
  expect(system.log()).not.toMatch(valuesOfDocuments)
})

/** Requests a job. @param wait how long the answer may wait for its end, seconds */
async function ask(file: Blob, options: object, wait = 60): Promise<JobView> {
  const form = new FormData()
  form.set('options', JSON.stringify(options))
  form.append('file', file, 'doc')
  const url = `${system.url}/api/jobs/extract-invoice`
  const response = await fetch(url, { method: 'POST', body: form, headers: { prefer: `wait=${wait}` } })
  const text = await response.text()
  expect(text).not.toContain(key)
  return JobView.parse(JSON.parse(text))
}
const jobOf = async ({ id }: JobView) =>
  JobView.parse(await (await fetch(`${system.url}/api/jobs/${id}`)).json())
const cancel = ({ id }: JobView) => fetch(`${system.url}/api/jobs/${id}/cancel`, { method: 'POST' })
const pdf = () => new Blob([Uint8Array.from(invoice())])

it('reads an invoice by the model, which the worker asks for the host', async () => {
  model.plays(answersByPart(ofInvoice))
  const job = await ask(pdf(), {})
  expect(job).toMatchObject({
    status: 'completed',
    result: { engine: { name: 'llm', model: 'scripted' }, reconciled: true, usage: { calls: 3 } },
  })
  expect(model.asked[0]?.authorization).toBe(`Bearer ${key}`)
  expect(job.outputs.map(({ name }) => name)).toEqual(['extraction.json', 'lines.csv', 'lines.xlsx'])
  const file = await fetch(`${system.url}/api/jobs/${job.id}/result`)
  expect(Extraction.parse(await file.json()).documents).toHaveLength(1)
  // The event tells what came of it, and nothing that the document says.
  expect(JSON.stringify(job.result)).not.toMatch(/Brightwater|146100|1461/)
  const metrics = await (await fetch(`${system.url}/metrics`)).text()
  expect(metrics).toMatch(/pdf_llm_tokens_total\{model="scripted",kind="prompt"\} [1-9]/)
  expect(system.log()).toContain('a language model reads documents')
})

it('waits as long as the server of the model asks for', async () => {
  model.plays(fails(429, { 'retry-after': '300' }))
  const before = Date.now()
  const job = await ask(pdf(), {}, 0)
  await expect.poll(async () => (await jobOf(job)).status, { timeout: 60_000 }).toBe('retrying')
  const { failure, nextAttemptAt, retries } = await jobOf(job)
  expect(failure).toMatchObject({ code: 'llm_rate_limited', retryable: true, retryAfterMs: 300_000 })
  expect(Date.parse(nextAttemptAt ?? '') - before).toBeGreaterThanOrEqual(300_000)
  expect(retries).toBe(1)
  await cancel(job)
})

it('ends a question at once when its job is cancelled', async () => {
  model.plays(hangs)
  const asked = model.asked.length
  const job = await ask(pdf(), {}, 0)
  await expect.poll(() => model.asked.length, { timeout: 60_000 }).toBe(asked + 1)
  await cancel(job)
  await model.abandoned()
  expect((await jobOf(job)).status).toBe('cancelled')
})

it('reads an invoice that is XML alone, exactly, and asks nobody', async () => {
  const asked = model.asked.length
  const job = await ask(new Blob([ublXml()], { type: 'text/xml' }), {})
  expect(job).toMatchObject({ status: 'completed', result: { engine: { name: 'xml' }, reconciled: true } })
  expect(model.asked).toHaveLength(asked)
})
