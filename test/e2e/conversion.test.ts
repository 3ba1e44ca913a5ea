import { readFile } from 'node:fs/promises'
import { JobView } from '@pdf-smaller/contracts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unzip } from '@pdf-smaller/conversion/testing/unzip'
import { pdfinfo } from '@pdf-smaller/testing/pdf/inspect'
import { filesBelow, type RunningSystem, startSystemProcess, until } from '@pdf-smaller/testing/system'

const examples = new URL('../../examples/', import.meta.url)

let system: RunningSystem
beforeAll(async () => {
  system = await startSystemProcess()
})
afterAll(() => system.close())

/** Requests a job over files of the examples and waits for it. */
async function ask(task: string, files: string[], options: object = {}): Promise<Response> {
  const form = new FormData()
  form.set('options', JSON.stringify(options))
  for (const file of files) {
    const bytes = Uint8Array.from(await readFile(new URL(file, examples)))
    form.append('file', new Blob([bytes], { type: 'application/pdf' }), file)
  }
  const url = `${system.url}/api/jobs/${task}`
  return fetch(url, { method: 'POST', body: form, headers: { prefer: 'wait=60' } })
}

async function completed(task: string, files: string[], options: object = {}) {
  const job = JobView.parse(await (await ask(task, files, options)).json())
  expect(job.failure).toBeUndefined()
  const response = await fetch(`${system.url}/api/jobs/${job.id}/result`)
  return { job, type: response.headers.get('content-type'), bytes: Buffer.from(await response.arrayBuffer()) }
}

describe('the conversion tasks', () => {
  it('draw a page', async () => {
    const { type, bytes } = await completed('convert-to-images', ['invoice.pdf'], { dpi: 50 })
    expect(type).toBe('image/png')
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 414 })
  })

  it('draw pages into an archive', async () => {
    const { type, bytes } = await completed('convert-to-images', ['handbook.pdf'], {
      dpi: 36,
      format: 'jpeg',
    })
    expect(type).toBe('application/zip')
    expect([...(await unzip(bytes)).keys()]).toHaveLength(41)
  })

  it('hand out the first page while others are drawn', async () => {
    const form = new FormData()
    const handbook = Uint8Array.from(await readFile(new URL('handbook.pdf', examples)))
    form.set('file', new Blob([handbook], { type: 'application/pdf' }), 'handbook.pdf')
    form.set('dpi', '400')
    const submitted = await fetch(`${system.url}/api/jobs/convert-to-images`, { method: 'POST', body: form })
    const { id } = JobView.parse(await submitted.json())
    const jobNow = async () => JobView.parse(await (await fetch(`${system.url}/api/jobs/${id}`)).json())
    await until('a page is there', async () => ((await jobNow()).progress?.outputs?.length ?? 0) > 0)
    const page = await fetch(`${system.url}/api/jobs/${id}/files/handbook-01.png`)
    const { status } = await jobNow()
    expect(page.status).toBe(200)
    const early = Buffer.from(await page.arrayBuffer())
    expect(status).toBe('running')
    expect((await fetch(`${system.url}/api/jobs/${id}/result`)).status).toBe(409)
    await until('the job is done', async () => (await jobNow()).status === 'completed')
    const { outputs } = await jobNow()
    expect(outputs.map(({ name }) => name).slice(0, 3)).toEqual([
      'handbook.zip',
      'handbook-01.png',
      'handbook-02.png',
    ])
    const late = await fetch(`${system.url}/api/jobs/${id}/files/handbook-01.png`)
    expect(Buffer.from(await late.arrayBuffer()).equals(early)).toBe(true)
  })

  it('merge files in the order in which they were sent', async () => {
    const { job, bytes } = await completed('merge', ['handbook.pdf', 'form.pdf', 'invoice.pdf'])
    expect((await pdfinfo(bytes)).get('Pages')).toBe('42')
    expect(job.result).toMatchObject({ files: [{ from: 1 }, { from: 41 }, { from: 42 }] })
  })

  it('merge images as pages, told by their content whatever they are said to be', async () => {
    const image = await sharp({ create: { width: 96, height: 96, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const form = new FormData()
    const invoice = await readFile(new URL('invoice.pdf', examples))
    for (const [name, bytes] of [
      ['invoice.pdf', invoice],
      ['red.png', image],
    ] as const)
      form.append('file', new Blob([Uint8Array.from(bytes)], { type: 'application/pdf' }), name)
    const options = { method: 'POST', body: form, headers: { prefer: 'wait=60' } }
    const job = JobView.parse(await (await fetch(`${system.url}/api/jobs/merge`, options)).json())
    expect(job.result).toMatchObject({ kept: { pages: 2 }, files: [{}, { name: 'red.png', from: 2 }] })
  })

  it('split a file', async () => {
    const { bytes } = await completed('split', ['handbook.pdf'], { by: 'outline', name: '{index}' })
    expect([...(await unzip(bytes)).keys()].sort()).toEqual([
      '01.pdf',
      '02.pdf',
      '03.pdf',
      '04.pdf',
      '05.pdf',
      'manifest.json',
    ])
  })

  it.each([
    ['convert-to-images', ['invoice.pdf'], { dpi: 0 }, 400, 'invalid_options'],
    ['merge', ['invoice.pdf'], {}, 400, 'missing_file'],
    ['split', ['invoice.pdf'], { by: 'ranges' }, 400, 'invalid_options'],
    ['split', ['invoice.pdf'], { by: 'ranges', ranges: '' }, 400, 'invalid_options'],
  ])('refuse what cannot be done: %s of %j with %j', async (task, files, options, status, code) => {
    const response = await ask(task, files, options)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ code })
  })

  it.each([
    ['convert-to-images', ['invoice.pdf'], { pages: '9' }],
    ['merge', ['invoice.pdf', 'form.pdf'], { pages: '2-1' }],
    ['split', ['invoice.pdf'], { by: 'ranges', ranges: '1-3' }],
  ])('fail for pages that are not there: %s of %j with %j', async (task, files, options) => {
    const job = JobView.parse(await (await ask(task, files, options)).json())
    expect(job).toMatchObject({
      status: 'failed',
      failure: { code: 'no_such_page', retryable: false },
      outputs: [],
    })
  })

  it.each([
    ['merge', 2],
    ['split', 1],
    ['convert-to-images', 1],
    ['compress', 1],
    ['extract-text', 1],
    ['ocr', 1],
  ])('%s tells of what it mends, and refuses to where it is to be strict', async (task, files) => {
    const pdf = (await readFile(new URL('invoice.pdf', examples))).toString('latin1')
    const broken = Buffer.from(pdf.replace(/startxref\s+\d+/, 'startxref\n7'), 'latin1')
    const form = (options: object) => {
      const form = new FormData()
      form.set('options', JSON.stringify(options))
      for (let index = 0; index < files; index++)
        form.append('file', new Blob([broken], { type: 'application/pdf' }), `broken-${index}.pdf`)
      return form
    }
    const done = async (options: object) => {
      const headers = { prefer: 'wait=60' }
      const url = `${system.url}/api/jobs/${task}`
      return JobView.parse(await (await fetch(url, { method: 'POST', body: form(options), headers })).json())
    }
    const mended = await done({})
    expect(mended.failure).toBeUndefined()
    const told = Array.from({ length: files }, (_, index) => ({
      name: `broken-${index}.pdf`,
      mended: ['it was broken: its cross-reference stream is not one', 'qpdf mended it'],
    }))
    expect(mended.result?.['repairs']).toEqual(told)
    const { failure } = await done({ strict: true })
    expect(failure).toMatchObject({ code: 'needs_repair', retryable: false })
    expect(failure?.message).toContain('its cross-reference stream is not one')
  })

  it('leave nothing in the workspace', async () => {
    await until('no workspace is left', async () => (await filesBelow(`${system.folder}/work`)).length === 0)
  })
})
