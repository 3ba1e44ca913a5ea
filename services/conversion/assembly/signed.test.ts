import { describe, expect, it } from 'vitest'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { textPages } from '@pdf-smaller/testing/pdf/odd-files'
import { signedLooking } from '@pdf-smaller/testing/pdf/signed'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { looksOf } from '../testing/look.ts'
import { objectsOf } from '../testing/objects.ts'
import { unzip } from '../testing/unzip.ts'
import { merge } from '../tasks/merge/task.ts'
import { split } from '../tasks/split/task.ts'

const input = (bytes: Buffer, name: string) => ({ name, bytes })

async function splitUp(pdf: Buffer, options: object = {}) {
  const { result, outputs } = await runTask(split, [input(pdf, 'doc.pdf')], options)
  const files = await unzip(outputs[0]?.bytes ?? Buffer.alloc(0))
  return { result, parts: [...files].flatMap(([name, bytes]) => (name.endsWith('.pdf') ? [bytes] : [])) }
}

/** A signature that permissions rest on, with what proves it later, as signers of contracts add them. */
function certified(): Buffer {
  const more = '/Perms << /DocMDP 6 0 R >> /DSS << /Certs [] >> /AcroForm'
  return Buffer.from(signedLooking().toString('latin1').replace('/AcroForm', more), 'latin1')
}

describe('signed files', () => {
  it.each([
    ['merge', () => runTask(merge, [input(signedLooking(), 'a.pdf'), input(textPages([['b']]), 'b.pdf')])],
    ['split', () => splitUp(signedLooking())],
  ])('are refused by %s, which says how they are taken', async (_, refused) => {
    await expect(refused()).rejects.toMatchObject({
      code: 'signed_pdf',
      message: expect.stringContaining('set the option signed to "take"'),
    })
  })

  it.each([
    ['merge', signedLooking],
    ['merge', certified],
  ])('are taken by %s on request, without what no viewer could verify', async (_, make) => {
    const files = [input(textPages([['a']]), 'a.pdf'), input(make(), 'b.pdf')]
    const { result, outputs } = await runTask(merge, files, { signed: 'take' })
    const merged = outputs[0]?.bytes ?? Buffer.alloc(0)
    await qpdfCheck(merged)
    expect(result.files.map(({ signatures }) => signatures)).toEqual([
      [],
      [{ field: 'signature', by: 'Ada Example', at: "D:20260302091500+01'00'" }],
    ])
    expect(merged.toString('latin1')).not.toMatch(/ByteRange|DocMDP/)
    expect(await run(merged, 'sh', ['-c', 'pdfsig "$0" || true', '{}'])).toContain(
      'The signature form field is not signed',
    )
    const { root, at } = await objectsOf(merged)
    expect([root['/Perms'], root['/DSS']]).toEqual([undefined, undefined])
    const form = root['/AcroForm']
    expect([at(form, '/SigFlags'), at(form, '/Fields', 0, '/FT'), at(form, '/Fields', 0, '/V')]).toEqual([
      1,
      '/Sig',
      undefined,
    ])
    // What was drawn for the signature stays.
    expect((await looksOf(merged))[1]).toBe((await looksOf(make()))[0])
  })

  it('are split on request', async () => {
    const { result, parts } = await splitUp(signedLooking(), { signed: 'take' })
    expect(result.signatures).toMatchObject([{ field: 'signature' }])
    expect(parts.map((part) => part.toString('latin1').includes('ByteRange'))).toEqual([false])
  })
})

/** Locked by its owner, who forbids what qpdf's options say. */
async function locked(pdf: Buffer, ...how: string[]): Promise<Buffer> {
  const command = `qpdf --encrypt "" owner 256 ${how.join(' ')} -- "$0" locked.pdf && base64 -w0 locked.pdf`
  return Buffer.from(await run(pdf, 'sh', ['-c', command, '{}']), 'base64')
}

const permissionsOf = (pdf: Buffer) => run(pdf, 'qpdf', ['--show-encryption', '{}'])

describe('files that their owner has locked', () => {
  it('lock the result as the one does that permits least', async () => {
    const files = [
      input(await encrypted(textPages([['open']]), { user: '', owner: 'o' }), 'a.pdf'),
      input(await locked(textPages([['closed']]), '--print=none', '--modify=none'), 'b.pdf'),
      input(textPages([['plain']]), 'c.pdf'),
    ]
    const { result, outputs } = await runTask(merge, files)
    const forbids = [
      'printing',
      'printing in high quality',
      'notes',
      'filling in forms',
      'adding, turning and removing pages',
      'other changes',
    ]
    expect(result.files.map(({ protection }) => protection?.forbids)).toEqual([[], forbids, undefined])
    expect(result.protection).toEqual({ from: 'b.pdf', forbids })
    const merged = outputs[0]?.bytes ?? Buffer.alloc(0)
    const told = await permissionsOf(merged)
    expect(told).toMatch(/print low resolution: not allowed[^]*modify document assembly: not allowed/)
    expect(told).toContain('extract for any purpose: allowed')
    expect(
      await run(merged, 'qpdf', ['--requires-password', '--password=owner', '{}']).catch(
        (error) => error.code,
      ),
    ).toBe(3)
    expect(merged.toString('latin1')).not.toContain('(closed)')
  })

  it('are split into parts that are locked in the same way', async () => {
    const pdf = await locked(textPages([['a'], ['b']]), '--extract=n')
    const { result, parts } = await splitUp(pdf)
    expect(result.protection).toEqual({ forbids: ['copying text and pictures'] })
    expect(parts).toHaveLength(2)
    for (const part of parts) {
      await qpdfCheck(part)
      expect(await permissionsOf(part)).toBe(await permissionsOf(pdf))
    }
    expect(result.bytes).toBe(parts.reduce((sum, { length }) => sum + length, 0))
  })
})
