import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { version } from '../../program/version.ts'
import type { Session } from '../../program/session.ts'
import { dataFolder, usualAddress } from '../../server/find.ts'
import { needsProgram, root } from '../../server/programs.ts'
import { size } from '../../tasks/size.ts'

/** What was looked for, and how that is. What is optional makes nothing impossible. */
const Finding = z.object({
  what: z.string(),
  state: z.enum(['ok', 'missing', 'optional']),
  about: z.string(),
  get: z.string().optional(),
})
export type Finding = z.infer<typeof Finding>

/** How this machine is, as far as the program and the system need it. */
export async function findings(
  session: Pick<Session, 'environment' | 'address' | 'signal'>,
): Promise<Finding[]> {
  return [
    { what: 'pdf-smaller', state: 'ok', about: `${version} in ${root}` },
    { what: 'node', state: 'ok', about: `${process.version} (${process.execPath})` },
    ...(await needs(session)),
    await data(session),
    await service(session),
    key(session),
  ]
}

/** What the system itself looks for, in a process of its own, which may fail where packages are missing. */
async function needs({ environment, signal }: Pick<Session, 'environment' | 'signal'>): Promise<Finding[]> {
  const told = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, [needsProgram], { env: { ...environment }, signal }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr.trim() || error.message)) : resolve(stdout),
    )
  }).catch((error: unknown) => {
    signal.throwIfAborted()
    const about = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return JSON.stringify([{ what: 'packages', state: 'missing', about, get: 'node scripts/setup.mjs' }])
  })
  return z.array(Finding).parse(JSON.parse(told))
}

async function data({ environment }: Pick<Session, 'environment'>): Promise<Finding> {
  const folder = dataFolder(environment)
  let there = folder
  while (!existsSync(there)) there = path.dirname(there)
  const about = `${folder}, ${await free(there)} free`
  try {
    accessSync(there, constants.W_OK)
    return { what: 'data folder', state: 'ok', about }
  } catch {
    const get = 'name another folder in PDF_SMALLER_DATA_DIR'
    return { what: 'data folder', state: 'missing', about: `${folder} cannot be written`, get }
  }
}

async function free(folder: string): Promise<string> {
  const { bavail, bsize } = await statfs(folder)
  return size(bavail * bsize)
}

async function service({ environment, address }: Pick<Session, 'environment' | 'address'>): Promise<Finding> {
  const url = await address()
  if (url === undefined) {
    const about = `none runs here (${usualAddress(environment)}); tasks start one of their own`
    return { what: 'service', state: 'optional', about, get: 'pdf-smaller up, or name one with --server' }
  }
  const answer = await fetch(`${url.replace(/\/+$/, '')}/readyz`).catch(() => undefined)
  if (answer?.ok) return { what: 'service', state: 'ok', about: `ready at ${url}` }
  const about = answer ? `at ${url}, and not ready (${answer.status})` : `${url} does not answer`
  return { what: 'service', state: 'missing', about }
}

function key({ environment }: Pick<Session, 'environment'>): Finding {
  const { PDF_SMALLER_API_KEY: own, PDF_SMALLER_API_KEY_FILE: file } = environment
  const about = own
    ? 'from PDF_SMALLER_API_KEY'
    : file
      ? `from ${file}`
      : 'none; a service of this machine needs none'
  return { what: 'API key', state: own || file ? 'ok' : 'optional', about }
}
