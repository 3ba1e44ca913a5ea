import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describeFailure, type Failure, JobFailure, type JobView } from '@pdf-smaller/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { jobAfter, requested, retryScheduled, started } from '@pdf-smaller/domain/testing/jobs'
import { textPages, truncated } from '@pdf-smaller/testing/pdf/odd-files'
import { taskContext } from '../testing/task-context.ts'
import { diagnosed } from './diagnosis.ts'
import { attemptFailure } from './failure.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-diagnosis-'))
})
afterAll(() => rm(folder, { recursive: true }))

const sound = textPages([['sound']])
const log = { debug: () => {}, info: () => {}, warn: () => {} }

/** What an attempt at a file is told to have failed with. */
async function toldOf(
  error: unknown,
  {
    before,
    file = sound,
    contentType = 'application/pdf',
  }: { before?: Failure; file?: Buffer; contentType?: string },
): Promise<Failure> {
  const input = path.join(folder, 'in.pdf')
  await writeFile(input, file)
  const history = before ? [requested(), started(), retryScheduled({ failure: before })] : [requested()]
  const job: JobView | undefined = jobAfter(...history)
  if (!job) throw new Error('there is no job')
  const inputs = [{ path: input, name: 'a.pdf', size: file.length, sha256: '', contentType }]
  const { engine } = taskContext(folder, {})
  return attemptFailure(await diagnosed(error, { job, inputs, engine, log, since: performance.now() }))
    .failure
}

const failed = new JobFailure('engine_failed', 'gs exited with code 1')
const before = describeFailure('engine_failed', 'gs exited with code 1')
const image = 'image/png'

it('a sound file and an engine that fails for the first time are left to chance', async () => {
  expect(await toldOf(failed, {})).toEqual(before)
  expect(await toldOf(failed, { before: describeFailure('engine_failed', 'something else') })).toEqual(before)
})

it.each([
  ['an engine that fails in the same way again', failed, { before }, 'damaged_pdf'],
  ['the same for an image', failed, { before, contentType: image }, 'damaged_image'],
  [
    'an engine that fails on a file that qpdf finds fault with',
    failed,
    { file: truncated(sound) },
    'damaged_pdf',
  ],
  ['what would be a bug with a sound file', new TypeError('x'), { file: truncated(sound) }, 'damaged_pdf'],
  [
    'a bug that comes again',
    new TypeError('x'),
    { before: describeFailure('internal_error') },
    'internal_error',
  ],
  [
    'a bug of which another process tells again',
    new JobFailure('internal_error'),
    { before: describeFailure('internal_error') },
    'internal_error',
  ],
])('%s is not tried again', async (_, error, around, code) => {
  expect(await toldOf(error, around)).toMatchObject({ code, retryable: false })
})

it.each(['engine_timeout', 'out_of_memory', 'engine_missing', 'encrypted_pdf'] as const)(
  '%s says enough, whatever the file is like',
  async (code) => {
    const told = await toldOf(new JobFailure(code), { file: truncated(sound), before: describeFailure(code) })
    expect(told).toEqual(describeFailure(code))
  },
)
