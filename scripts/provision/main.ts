import { provideHelm } from './helm.ts'
import { provideKubeconform } from './kubernetes-schemas.ts'
import { installMinio } from './minio.ts'
import { oldestNatsServer, provideNatsServer, testedNatsServer } from './nats-server.ts'
import { provideOasdiff } from './oasdiff.ts'
import { installRgw } from './rgw.ts'
import { endSteps } from './step.ts'
import { provideBrowser, provideSandbox, provideSystemPackages } from './system-packages.ts'
import { buildWebPage } from './web-page.ts'

const forTests = process.argv.includes('--test')
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    interrupted = true
    endSteps(signal)
  })

const required = [provideSystemPackages(), forTests ? testServers() : ownServer(), buildWebPage()]
const optional = forTests
  ? [installMinio(), installRgw(), provideOasdiff(), provideSandbox(), provideBrowser(), ...chartTools()]
  : []
const [failures, gaps] = await Promise.all([reasons(required), reasons(optional)])

if (interrupted) {
  process.stderr.write('The set-up was interrupted; the next one goes on from here.\n')
  process.exitCode = 130
} else {
  for (const failure of failures) process.stderr.write(`\n${failure}\n`)
  for (const gap of gaps) process.stderr.write(`\nThe tests that need it will fail: ${gap}\n`)
  process.exitCode = failures.length > 0 ? 1 : 0
}

/** What became of the steps that failed, after all have ended. */
async function reasons(steps: Promise<unknown>[]): Promise<string[]> {
  const ends = await Promise.allSettled(steps)
  return ends.flatMap((end) =>
    end.status === 'rejected' ? [end.reason instanceof Error ? end.reason.message : String(end.reason)] : [],
  )
}

/** The embedded system needs a server of its own unless it is told to use another. */
async function ownServer(): Promise<void> {
  const { PDF_SMALLER_NATS_URL: elsewhere, PDF_SMALLER_NATS_SERVER: program } = process.env
  if (!elsewhere && !program) await provideNatsServer()
}

/** The chart is rendered by the newest Helm and by the oldest that it is for, and checked by the schemas of its kinds. */
function chartTools(): Promise<unknown>[] {
  return [provideHelm(), provideHelm('oldest'), provideKubeconform()]
}

/** The tests run on the newest server and on the oldest that the project supports. */
async function testServers(): Promise<void> {
  await provideNatsServer(testedNatsServer)
  await provideNatsServer(oldestNatsServer)
}
