import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { z } from 'zod'
import type { EngineContext } from './context.ts'
import { run, type RunResult } from './run.ts'

/** qpdf ends with 3 when it has repaired something: the file was read whole. */
const okCodes = [0, 3]

/**
 * How many pages a file has, as qpdf reads it; repairs what can be repaired.
 * @throws JobFailure damaged_pdf, encrypted_pdf
 */
export async function pageCount(
  file: string,
  context: EngineContext,
): Promise<{ pages: number; repaired: boolean }> {
  const { stdout, exitCode } = await reading(
    run('qpdf', ['--show-npages', file], context, { okCodes, timeoutMs: 60_000 }),
  )
  return { pages: Number(stdout.toString()), repaired: exitCode === 3 }
}

const Encryption = z.object({
  encrypted: z.boolean(),
  /** Whether it opens for everybody; otherwise it was opened as its owner. */
  userpasswordmatched: z.boolean(),
  capabilities: z.record(z.string(), z.boolean()),
  parameters: z.record(z.string(), z.unknown()),
})
export type Encryption = z.infer<typeof Encryption>

/** The objects of a document, in version 2 of qpdf's JSON. */
export const QpdfJson = z.object({
  qpdf: z.tuple([z.looseObject({ maxobjectid: z.number() }), z.record(z.string(), z.unknown())]),
  pages: z.array(z.looseObject({ object: z.string() })).optional(),
  acroform: z.unknown().optional(),
  attachments: z.record(z.string(), z.unknown()).optional(),
  encrypt: Encryption.optional(),
})
export type QpdfJson = z.infer<typeof QpdfJson>

/**
 * Reads the objects of a document, mended where it is broken. With `streams` the raw streams are written beside, as files of that prefix.
 * @throws JobFailure damaged_pdf, encrypted_pdf, decompression_bomb
 */
export async function readObjects(
  file: string,
  context: EngineContext,
  { streams, keys = [] }: { streams?: string; keys?: readonly string[] },
): Promise<QpdfJson & { repaired: boolean }> {
  const output = path.join(context.cwd, `${path.basename(file)}.${streams ? 'streams' : 'objects'}.json`)
  const data = streams
    ? ['--json-stream-data=file', `--json-stream-prefix=${streams}`]
    : ['--json-stream-data=none']
  const wanted = ['qpdf', ...keys].map((key) => `--json-key=${key}`)
  const args = ['--json=2', ...wanted, ...data, '--decode-level=none', file, output]
  const { exitCode } = await reading(run('qpdf', args, context, { okCodes }))
  return { ...QpdfJson.parse(JSON.parse(await readFile(output, 'utf8'))), repaired: exitCode === 3 }
}

/** Whether a file is encrypted, also where anybody may open it. */
export async function isEncrypted(file: string, context: EngineContext): Promise<boolean> {
  const { exitCode } = await run('qpdf', ['--is-encrypted', file], context, { okCodes: [0, 2] })
  return exitCode === 0
}

export type RewriteOptions = {
  /** JSON of changed objects, in version 2. */
  update?: string
  /** Packs objects into object streams, or leaves them as they are. */
  objectStreams?: boolean
  linearize?: boolean
  /** Leaves out encryption and with it what a user may not do. */
  decrypt?: boolean
  /** Ends the data of each stream with a line end, as archives want it. */
  newlines?: boolean
}

/** Writes a document anew, with changed objects, without what nothing refers to. */
export async function rewrite(
  input: string,
  output: string,
  context: EngineContext,
  { update, objectStreams = true, linearize = false, decrypt = false, newlines = false }: RewriteOptions = {},
): Promise<void> {
  const args = [
    `--object-streams=${objectStreams ? 'generate' : 'preserve'}`,
    '--remove-unreferenced-resources=yes',
    ...(linearize ? ['--linearize'] : []),
    ...(decrypt ? ['--decrypt'] : []),
    ...(newlines ? ['--newline-before-endstream'] : []),
    ...(update ? [`--update-from-json=${update}`] : []),
    input,
    output,
  ]
  await reading(run('qpdf', args, context, { okCodes }))
}

/** What qpdf says of a file that it cannot read, in our words. */
async function reading(running: Promise<RunResult>): Promise<RunResult> {
  try {
    return await running
  } catch (error) {
    if (!(error instanceof JobFailure) || error.code !== 'engine_failed') throw error
    if (/invalid password/i.test(error.why)) throw new JobFailure('encrypted_pdf', '', { cause: error })
    throw new JobFailure('damaged_pdf', error.why.replace(/^qpdf exited with code \d+: (qpdf: )?/, ''), {
      cause: error,
    })
  }
}
