import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ofInvoice } from '@pdf-smaller/ai-extraction/testing/answers'
import {
  answersByPart,
  type ScriptedModel,
  startScriptedModel,
} from '@pdf-smaller/ai-extraction/testing/scripted-model'
import { JobView } from '@pdf-smaller/contracts'
import { Extraction } from '@pdf-smaller/contracts/extraction'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, freePorts } from '@pdf-smaller/testing/free-ports'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { startMinio } from '@pdf-smaller/testing/object-servers/minio'
import { startRgw } from '@pdf-smaller/testing/object-servers/rgw'
import { type S3Server, storageSettings } from '@pdf-smaller/testing/object-servers/server'
import { until } from '@pdf-smaller/testing/system'

const root = fileURLToPath(new URL('../../', import.meta.url))
const keyOf = (tenant: string) => {
  const key = randomBytes(32).toString('base64url')
  const entry = {
    id: `key-${tenant}`,
    tenant,
    sha256: createHash('sha256').update(key).digest('hex'),
    scopes: ['submit', 'read', 'admin'],
  }
  return { key, entry }
}

describe.each([
  ['MinIO', startMinio],
  ['a Ceph RADOS gateway', startRgw],
])('the services apart from each other, with files in %s', (_, startStore) => {
  const [acme, other] = [keyOf('acme'), keyOf('other')]
  let nats: NatsServer
  let objects: S3Server
  let folder: string
  let urls: string[]
  let model: ScriptedModel
  let opsUrl: string
  let extractionUrl: string
  let worker: ChildProcess
  const children: ChildProcess[] = []

  function startService(name: string, settings: Record<string, string>): ChildProcess {
    const child = spawn(process.execPath, [path.join(root, `services/${name}/src/main.ts`)], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        PDF_SMALLER_NATS_URL: nats.url,
        PDF_SMALLER_LOG_LEVEL: 'warn',
        PDF_SMALLER_CHECK_ANSWERS: 'true',
        ...storageSettings(objects, `apart-${randomUUID()}`),
        ...settings,
      },
    })
    children.push(child)
    return child
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-services-'))
    ;[nats, objects, model] = await Promise.all([startNatsServer(), startStore(), startScriptedModel()])
    const [code] = await once(startService('streams', {}), 'exit')
    expect(code).toBe(0)
    const keys = path.join(folder, 'keys.json')
    await writeFile(keys, JSON.stringify([acme.entry, other.entry]))
    const bucket = { PDF_SMALLER_S3_BUCKET: `apart-${randomUUID()}` }
    const ports = await freePorts(2)
    urls = ports.map((port) => `http://127.0.0.1:${port}`)
    for (const port of ports) {
      startService('gateway', {
        ...bucket,
        PDF_SMALLER_PORT: String(port),
        PDF_SMALLER_KEYS_FILE: keys,
        PDF_SMALLER_DATA_DIR: path.join(folder, `gateway-${port}`),
      })
    }
    const opsPort = await freePort()
    opsUrl = `http://127.0.0.1:${opsPort}`
    worker = startService('compression', {
      ...bucket,
      PDF_SMALLER_OPS_PORT: String(opsPort),
      PDF_SMALLER_DATA_DIR: path.join(folder, 'worker'),
    })
    const extractionPort = await freePort()
    extractionUrl = `http://127.0.0.1:${extractionPort}`
    const modelKey = path.join(folder, 'model-key')
    await writeFile(modelKey, 'sk-of-the-model')
    startService('ai-extraction', {
      ...bucket,
      PDF_SMALLER_OPS_PORT: String(extractionPort),
      PDF_SMALLER_DATA_DIR: path.join(folder, 'ai-extraction'),
      PDF_SMALLER_LLM_URL: model.url,
      PDF_SMALLER_LLM_MODELS: 'scripted',
      PDF_SMALLER_LLM_API_KEY_FILE: modelKey,
    })
    const ready = (url: string) =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
    for (const url of [...urls, opsUrl, extractionUrl]) await until(`${url} is ready`, () => ready(url))
  })
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    model.close()
    await Promise.all([nats.stop(), objects.stop()])
    await rm(folder, { recursive: true, force: true })
  })

  const metricsOf = async (url: string) => (await fetch(`${url}/metrics`)).text()
  const authorized = (key: string) => ({ authorization: `Bearer ${key}` })

  /** Has a task done, and waits for its end. */
  async function ask(task: string, pdf: Buffer): Promise<JobView> {
    const form = new FormData()
    form.set('file', new Blob([Uint8Array.from(pdf)], { type: 'application/pdf' }), 'document.pdf')
    const response = await fetch(`${urls[0]}/api/jobs/${task}`, {
      method: 'POST',
      body: form,
      headers: { ...authorized(acme.key), prefer: 'wait=60' },
    })
    return JobView.parse(await response.json())
  }

  it('make a file smaller, on whichever gateway it is asked for', async () => {
    const pdf = await readFile(path.join(root, 'examples/handbook.pdf'))
    const job = await ask('compress', pdf)
    expect(job).toMatchObject({ tenant: 'acme', status: 'completed' })
    const result = await fetch(`${urls[1]}/api/jobs/${job.id}/result`, { headers: authorized(acme.key) })
    const bytes = Buffer.from(await result.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(job.outputs[0]?.sha256)
    expect(bytes.length).toBeLessThan(pdf.length)

    expect((await fetch(`${urls[1]}/api/jobs/${job.id}`, { headers: authorized(other.key) })).status).toBe(
      404,
    )
    expect((await fetch(`${urls[1]}/api/jobs/${job.id}`)).status).toBe(401)
    // The worker counts a job when its outcome is stored, which others may know before it does.
    await expect
      .poll(() => metricsOf(opsUrl))
      .toMatch(/pdf_job_outcomes_total\{domain="compression",task="compress",outcome="completed"\} 1/)
    expect(await metricsOf(opsUrl)).toMatch(/pdf_engine_peak_bytes_count\{engine="pdftotext"\}/)
  })

  it('read an invoice by the model that one of them alone has the key of', async () => {
    model.plays(answersByPart(ofInvoice))
    const job = await ask('extract-invoice', await readFile(path.join(root, 'examples/invoice.pdf')))
    expect(job).toMatchObject({
      status: 'completed',
      result: { engine: { name: 'llm', model: 'scripted' }, reconciled: true, usage: { calls: 3 } },
    })
    expect(model.asked.map(({ authorization }) => authorization)).toEqual(
      Array.from({ length: 3 }, () => 'Bearer sk-of-the-model'),
    )
    const result = await fetch(`${urls[1]}/api/jobs/${job.id}/result`, { headers: authorized(acme.key) })
    expect(Extraction.parse(await result.json()).documents).toHaveLength(1)
    await expect
      .poll(() => metricsOf(extractionUrl))
      .toMatch(
        /pdf_job_outcomes_total\{domain="ai-extraction",task="extract-invoice",outcome="completed"\} 1/,
      )
    expect(await metricsOf(extractionUrl)).toContain(
      'pdf_llm_request_seconds_count{model="scripted",outcome="answered"} 3',
    )
  })

  it('a worker ends in order when it is told to', async () => {
    const ended = once(worker, 'exit')
    worker.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
  })
})
