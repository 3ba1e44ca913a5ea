import { execFileSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { truncated } from '@pdf-smaller/testing/pdf/odd-files'
import { carried } from '@pdf-smaller/compress/testing/carried'
import { compressBytes, openContext } from '@pdf-smaller/compress/testing/context'
import { Result } from './result.ts'
import { run } from './run.ts'

const examples = path.join(import.meta.dirname, '../../../../examples')
const example = (name: string) => readFile(path.join(examples, name))
const locked = async () => encrypted(await example('form.pdf'), { user: 'secret', owner: 'secret' })

/** What another reader finds in a ZIP: each entry with its bytes. */
function unzipped(zip: string): Map<string, Buffer> {
  const program = `import base64, json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps([[e.filename, base64.b64encode(z.read(e)).decode()] for e in z.infolist()]))`
  const out = execFileSync('python3', ['-c', program, zip], { maxBuffer: 2 ** 28, encoding: 'utf8' })
  const entries = z.array(z.tuple([z.string(), z.string()])).parse(JSON.parse(out))
  return new Map(entries.map(([name, base64]) => [name, Buffer.from(base64, 'base64')]))
}

describe('bulk-compress', () => {
  it('gives back a ZIP of all that worked, and says what came of each', async () => {
    const form = await example('form.pdf')
    const { output: smallest } = await compressBytes(form)
    const invoice = await example('invoice.pdf')
    await using test = await openContext([
      { name: 'Größe.pdf', bytes: form },
      { name: 'locked.pdf', bytes: await locked() },
      { name: 'a/../Größe.pdf', bytes: smallest },
      { name: 'cut.pdf', bytes: truncated(form) },
      { name: 'Größe.pdf', bytes: invoice },
      { name: 'page.html', bytes: Buffer.from('<!doctype html>') },
      { name: 'empty.pdf', bytes: Buffer.alloc(0) },
    ])
    const { outputs, result } = await run(test.context)
    expect(Result.parse(result)).toEqual(result)
    expect(outputs).toMatchObject([{ name: 'compressed.zip', contentType: 'application/zip' }])
    const entries = unzipped(outputs[0]?.path ?? '')
    expect([...entries.keys()]).toEqual(['Größe.pdf', 'Größe (2).pdf', 'Größe (3).pdf'])
    expect(result.files).toMatchObject([
      { outcome: 'compressed', name: 'Größe.pdf', entry: 'Größe.pdf', report: { gain: 'smaller' } },
      { outcome: 'failed', name: 'locked.pdf', failure: { code: 'encrypted_pdf', retryable: false } },
      { outcome: 'unchanged', entry: 'Größe (2).pdf', report: { gain: 'none' } },
      { outcome: 'failed', name: 'cut.pdf', failure: { code: 'damaged_pdf' } },
      { outcome: 'compressed', entry: 'Größe (3).pdf' },
      { outcome: 'failed', name: 'page.html', failure: { code: 'not_a_pdf' } },
      { outcome: 'failed', name: 'empty.pdf', failure: { code: 'empty_file' } },
    ])
    expect(JSON.stringify(result)).not.toContain(test.context.workspace)
    expect(entries.get('Größe (2).pdf')?.equals(smallest)).toBe(true)
    const output = entries.get('Größe (3).pdf') ?? Buffer.alloc(0)
    expect(await carried(output)).toEqual(await carried(invoice))
    const sizes = [...entries.values()].map(({ length }) => length)
    const bytesAfter = sizes.reduce((sum, size) => sum + size)
    const bytesBefore = form.length + smallest.length + invoice.length
    expect(result.totals).toEqual({ compressed: 2, unchanged: 1, failed: 4, bytesBefore, bytesAfter })
    expect(result.ratio).toBe(bytesAfter / bytesBefore)
    // Nothing of the single files is left.
    expect(await readdir(test.context.workspace)).toEqual(['compressed.zip'])
  })

  it('tells how far the whole is, and with which file', async () => {
    const bytes = await example('form.pdf')
    await using test = await openContext([
      { name: 'one.pdf', bytes },
      { name: 'two.pdf', bytes },
    ])
    await run(test.context)
    const parts = test.told.filter(({ stage }) => stage === 'compression')
    expect(parts.map(({ part }) => part)).toEqual(parts.map(({ part }) => part).toSorted((a, b) => a - b))
    expect(parts[0]?.message).toBe('one.pdf (1 of 2): checking the file')
    expect(parts.at(-1)).toEqual({ stage: 'compression', part: 1, message: 'two.pdf (2 of 2): done' })
  })

  it('fails when no file worked, with the code that all of them share', async () => {
    const bytes = await locked()
    await using test = await openContext(
      ['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf'].map((name) => ({ name, bytes })),
    )
    await expect(run(test.context)).rejects.toMatchObject({
      code: 'encrypted_pdf',
      why: 'a.pdf; b.pdf; c.pdf; and 1 more',
    })
  })

  it('fails when no file worked for various reasons, and tells them', async () => {
    await using test = await openContext([
      { name: 'a.pdf', bytes: await locked() },
      { name: 'b.pdf', bytes: Buffer.from('%PDF-1.7\n') },
    ])
    await expect(run(test.context)).rejects.toMatchObject({
      code: 'no_good_file',
      why: expect.stringMatching(/^a\.pdf: .*password; b\.pdf: .*damaged/),
    })
  })

  it('ends at once when it is cancelled, and blames no file for it', async () => {
    const bytes = await example('form.pdf')
    const cancel = new AbortController()
    const files = [1, 2, 3].map((each) => ({ name: `${each}.pdf`, bytes }))
    await using test = await openContext(files, {}, cancel.signal)
    const context = {
      ...test.context,
      progress: (_: string, current: number) => {
        if (current > 1) cancel.abort(new JobFailure('job_cancelled'))
      },
    }
    await expect(run(context)).rejects.toMatchObject({ code: 'job_cancelled' })
  })
})
