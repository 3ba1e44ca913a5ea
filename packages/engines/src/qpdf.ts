import { JobFailure } from '@pdf-smaller/contracts'
import { z } from 'zod'
import type { EngineContext } from './context.ts'
import { run, type RunResult } from './run.ts'

/** qpdf ends with 3 when it has repaired something: the file was read whole. */
const okCodes = [0, 3]

const Encryption = z.object({
  encrypted: z.boolean(),
  /** Whether it opens for everybody; otherwise it was opened as its owner. */
  userpasswordmatched: z.boolean(),
  capabilities: z.record(z.string(), z.boolean()),
  parameters: z.record(z.string(), z.unknown()),
})
export type Encryption = z.infer<typeof Encryption>

/**
 * How a document is protected; undefined when it is not encrypted.
 * @throws JobFailure damaged_pdf, encrypted_pdf
 */
export async function readEncryption(file: string, context: EngineContext): Promise<Encryption | undefined> {
  const { stdout } = await reading(run('qpdf', ['--json', '--json-key=encrypt', file], context, { okCodes }))
  const { encrypt } = z.object({ encrypt: Encryption }).parse(JSON.parse(stdout.toString()))
  return encrypt.encrypted ? encrypt : undefined
}

/**
 * Writes a document as it is to be read: decrypted, mended where it is broken, each object by itself; streams stay as
 * they are.
 * @returns whether anything had to be mended
 * @throws JobFailure damaged_pdf, encrypted_pdf
 */
export async function normalForm(input: string, output: string, context: EngineContext): Promise<boolean> {
  const how = ['--decrypt', '--object-streams=disable', '--stream-data=preserve']
  const { exitCode } = await reading(run('qpdf', [...how, input, output], context, { okCodes }))
  return exitCode === 3
}

/** Writes a document with the encryption and permissions of another; nothing else of it changes. */
export async function encryptAs(
  other: string,
  input: string,
  output: string,
  context: EngineContext,
): Promise<void> {
  const how = [`--copy-encryption=${other}`, '--object-streams=preserve', '--stream-data=preserve']
  await reading(run('qpdf', [...how, input, output], context, { okCodes }))
}

/** Whether a file is encrypted, also where anybody may open it. */
export async function isEncrypted(file: string, context: EngineContext): Promise<boolean> {
  const { exitCode } = await run('qpdf', ['--is-encrypted', file], context, { okCodes: [0, 2] })
  return exitCode === 0
}

/** Writes a document anew, decrypted, with streams packed in ways that every reader knows. */
export async function rewrite(input: string, output: string, context: EngineContext): Promise<void> {
  await reading(run('qpdf', ['--object-streams=generate', '--decrypt', input, output], context, { okCodes }))
}

/** What qpdf says of a file that it cannot read, in our words. */
async function reading(running: Promise<RunResult>): Promise<RunResult> {
  try {
    const result = await running
    // It goes on without what it had no memory for, which is a broken length more often than a large document.
    if (result.exitCode === 3 && result.stderr.includes('bad_alloc'))
      throw new JobFailure('damaged_pdf', 'a length in it asks for more memory than there is')
    return result
  } catch (error) {
    if (!(error instanceof JobFailure) || error.code !== 'engine_failed') throw error
    if (/invalid password/i.test(error.why)) throw new JobFailure('encrypted_pdf', '', { cause: error })
    throw new JobFailure('damaged_pdf', error.why.replace(/^qpdf exited with code \d+: (qpdf: )?/, ''), {
      cause: error,
    })
  }
}
