import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ContainerTools, outputOf } from '../container-tools.ts'
import { root } from '../recipe.ts'

/** The system of the compose file, run by podman-compose under a name of its own, on a free port of loopback. */
export type Deployment = {
  url: string
  start: () => Promise<void>
  /** Whether its health check, as the compose file has it, ends well. */
  isHealthy: (service: string) => Promise<boolean>
  /** Runs a command in the container of a service. @returns what it printed */
  within: (service: string, ...command: string[]) => Promise<string>
  /** What a service has logged. */
  logOf: (service: string) => Promise<string>
  /** Removes all of it, with its volumes. */
  remove: () => Promise<void>
}

export type DeploymentOptions = {
  /** Files of deploy/compose; a later one changes what the ones before say. */
  files: readonly string[]
  port: number
  /** Images of others by the variables that name them. */
  images: Record<string, string>
}

export function openDeployment(tools: ContainerTools, options: DeploymentOptions): Deployment {
  const project = `pdf-smaller-smoke-${process.pid}`
  const secret = () => `s${randomBytes(24).toString('hex')}`
  const keys = mkdtempSync(path.join(tmpdir(), 'pdf-smaller-keys-'))
  for (const name of ['stream-tokens', 'webhooks']) {
    writeFileSync(path.join(keys, name), secret(), { mode: 0o644 })
  }
  const env = {
    ...tools.env,
    ...options.images,
    KEYS: keys,
    PUBLISH: `127.0.0.1:${options.port}`,
    PDF_SMALLER_PUBLIC_URL: `http://127.0.0.1:${options.port}`,
    PDF_SMALLER_NATS_TOKEN: secret(),
    PDF_SMALLER_S3_ACCESS_KEY: secret(),
    PDF_SMALLER_S3_SECRET_KEY: secret(),
  }
  const files = options.files.flatMap((file) => ['-f', path.join(root, 'deploy/compose', file)])
  const compose = (...args: string[]) =>
    outputOf('podman-compose', ['-p', project, ...files, ...args], { env })
  const containerOf = async (service: string) => {
    const labels = [`com.docker.compose.project=${project}`, `com.docker.compose.service=${service}`]
    const filters = labels.flatMap((label) => ['--filter', `label=${label}`])
    return tools.podman('ps', '--all', '--quiet', ...filters)
  }
  return {
    url: `http://127.0.0.1:${options.port}`,
    start: async () => void (await compose('up', '-d')),
    isHealthy: async (service) => tools.holds('healthcheck', 'run', await containerOf(service)),
    within: async (service, ...command) => tools.podman('exec', await containerOf(service), ...command),
    logOf: async (service) => {
      const container = await containerOf(service)
      return outputOf('sh', ['-c', 'exec podman logs --tail 200 "$0" 2>&1', container], { env })
    },
    remove: async () => {
      await compose('down', '--volumes', '--timeout', '5')
      rmSync(keys, { recursive: true, force: true })
    },
  }
}
