import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { provideSchemathesis, type Schemathesis } from '../../../scripts/provision/schemathesis.ts'
import { startSystemProcess } from '@pdf-smaller/testing/system'
import { type Jobs, makeJobs, smallPdf } from './jobs.ts'
import { notReached } from './reached.ts'

// Sends the API what its own description allows and what it does not, and holds every answer to it.
const schemathesis = await provideSchemathesis()
await using ends = new AsyncDisposableStack()
const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-http-'))
ends.defer(() => rm(folder, { recursive: true, force: true }))
const key = randomBytes(32).toString('base64url')
const system = await startSystemProcess({
  PDF_SMALLER_KEYS_FILE: await keysFile(),
  PDF_SMALLER_LOG_LEVEL: 'error',
  PDF_SMALLER_STORAGE_DURABLE: 'false',
  // A body that is announced and never comes is a request, too.
  PDF_SMALLER_UPLOAD_STALL_SECONDS: '5',
})
ends.defer(system.close)
const jobs = await makeJobs(system.url, key, folder)
const archive = path.join(folder, 'requests.har')
const status = await run(schemathesis, jobs)
const document: unknown = await (await fetch(`${system.url}/openapi.json`)).json()
const unreached = await notReached(document, archive)
for (const operation of unreached) console.log(`NOT REACHED ${operation}`)
const bugs = system
  .log()
  .split('\n')
  .filter((line) => line.includes('a bug ended a request'))
for (const bug of bugs) console.log(`BUG ${bug}`)
process.exitCode = status === 0 && unreached.length === 0 && bugs.length === 0 ? 0 : 1

async function keysFile(): Promise<string> {
  const file = path.join(folder, 'keys.json')
  const sha256 = createHash('sha256').update(key).digest('hex')
  const scopes = ['submit', 'read', 'admin']
  await writeFile(file, JSON.stringify([{ id: 'soak', tenant: 'soak', sha256, scopes }]))
  return file
}

async function run({ python, packages }: Schemathesis, jobs: Jobs): Promise<number | null> {
  // prettier-ignore
  const child = spawn(
    python,
    [
      '-m', 'schemathesis.cli', '--config-file', path.join(import.meta.dirname, 'schemathesis.toml'),
      'run', `${system.url}/openapi.json`, '--header', `Authorization: Bearer ${key}`,
      '--report', 'har', '--report-har-path', archive,
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PYTHONPATH: [packages, import.meta.dirname].join(path.delimiter),
        // Nothing is left in the checkout.
        PYTHONDONTWRITEBYTECODE: '1',
        SCHEMATHESIS_HOOKS: 'hooks',
        SOAK_JOBS: JSON.stringify(jobs),
        SOAK_PDF: smallPdf,
      },
    },
  )
  const [code]: (number | null)[] = await once(child, 'exit')
  return code ?? null
}
