import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { versitygwImage } from '@pdf-smaller/testing/object-servers/versitygw'
import { findContainerTools } from '../../scripts/images/container-tools.ts'
import { provideImage } from '../../scripts/images/stand-ins.ts'
import { oldestNatsServer, testedNatsServer } from '../../scripts/provision/nats-server.ts'
import { step } from '../../scripts/provision/step.ts'

/**
 * Runs the contracts of both stores against servers from images, by testcontainers on Podman: `npm run test:containers`.
 * What it needs beside Podman and runc is installed here, outside the workspace: 155 packages, 48 MB.
 */
const contracts = ['packages/eventstore/src/store.test.ts', 'packages/object-store/src/s3-minio.test.ts']

const root = path.resolve(import.meta.dirname, '../..')
const tools = await findContainerTools(process.argv.includes('--install')).catch((error: unknown) => {
  const why = error instanceof Error ? error.message : String(error)
  console.error(`\n!!! NO TEST WAS RUN AGAINST SERVERS IN CONTAINERS: ${why}\n`)
  process.exit(process.argv.includes('--skip-without-tools') ? 0 : 1)
})
const folder = path.join(root, 'test/containers')
const install = ['-y', 'pnpm@12.21.0', '--dir', folder, 'install', '--frozen-lockfile', '--prefer-offline']
await step('Installing testcontainers', 'npx', install)

const images: Record<string, string> = {}
const nats = [testedNatsServer, oldestNatsServer].map((version) => `docker.io/library/nats:${version}-alpine`)
for (const image of [...nats, versitygwImage]) images[image] = await provideImage(tools, image)

const own = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-containers-'))
const socket = path.join(own, 'podman.sock')
const service = spawn('podman', ['system', 'service', '--time=0', `unix://${socket}`], {
  env: tools.env,
  stdio: 'ignore',
})
try {
  while (!existsSync(socket)) {
    if (service.exitCode !== null) throw new Error('podman system service did not start')
    await wait(50)
  }
  const env = {
    ...tools.env,
    TEST_CONTAINERS: 'true',
    TEST_IMAGES: JSON.stringify(images),
    DOCKER_HOST: `unix://${socket}`,
    // Its container that cleans up wants Docker's own socket; tests stop theirs themselves.
    TESTCONTAINERS_RYUK_DISABLED: 'true',
  }
  const args = ['--project', 'contract', ...contracts]
  const tests = spawn(path.join(root, 'node_modules/.bin/vitest'), ['run', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(tests, 'exit')
  process.exitCode = code === 0 ? 0 : 1
} finally {
  if (service.exitCode === null) {
    service.kill()
    await once(service, 'exit')
  }
  await rm(own, { recursive: true, force: true })
}
