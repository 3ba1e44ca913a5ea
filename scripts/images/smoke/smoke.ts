import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import type { ContainerTools } from '../container-tools.ts'
import { partsOfServices, root } from '../recipe.ts'
import { provideImage } from '../stand-ins.ts'
import { type Deployment, openDeployment } from './deployment.ts'
import { checkContainers } from './house-rules.ts'
import { tryJobs } from './jobs.ts'
import { tryWebhooks } from './webhooks.ts'

const Compose = z.object({ services: z.record(z.string(), z.object({ image: z.string() })) })

/**
 * Starts the system of the compose file, has it do jobs, and removes it.
 * @param files of deploy/compose
 * @throws Error that says what does not hold, with what the services have logged
 */
export async function smokeTest(
  tools: ContainerTools,
  files: readonly string[],
  port: number,
): Promise<void> {
  const { services } = Compose.parse(
    parse(readFileSync(path.join(root, 'deploy/compose/compose.yaml'), 'utf8'), { merge: true }),
  )
  const images: Record<string, string> = {}
  for (const { image } of Object.values(services)) {
    const [, variable, usual] = /^\$\{(\w+_IMAGE):-(.+)\}$/.exec(image) ?? []
    if (variable && usual) images[variable] = await provideImage(tools, usual)
  }
  const own = Object.entries(services).filter(([, { image }]) => image.includes('PDF_SMALLER_IMAGES'))
  const parts = partsOfServices()
  const running = own.map(([name]) => name).filter((name) => name !== 'streams')
  const deployment = openDeployment(tools, { files, port, images })
  try {
    console.log(`Starting ${files.join(' with ')} at ${deployment.url} …`)
    await deployment.start()
    await settled(
      deployment,
      Object.keys(services).filter((name) => name !== 'streams'),
    )
    await checkContainers(deployment, running)
    console.log(
      `  ${running.length} containers: read-only root, no rights, seccomp, uid 10001, no build tools`,
    )
    for (const { job, seconds, outcome } of await tryJobs(deployment.url))
      console.log(`  ${job}: ${outcome} (${seconds.toFixed(1)} s)`)
    console.log(`  webhooks: ${await tryWebhooks(deployment)}`)
    for (const service of running.filter((name) => parts.get(name)?.includes('sandbox')))
      console.log(`  sandbox of ${service}: ${await heldBy(deployment, service)}`)
  } catch (error) {
    for (const service of Object.keys(services))
      console.error(`--- ${service}\n${await deployment.logOf(service).catch(String)}`)
    throw error
  } finally {
    await deployment.remove()
  }
}

const patienceMs = 180_000

/** Waits until the health checks of all containers end well. @throws Error that names those that do not */
async function settled(deployment: Deployment, services: readonly string[]): Promise<void> {
  const deadline = Date.now() + patienceMs
  let waiting = services
  while (waiting.length > 0) {
    if (Date.now() > deadline)
      throw new Error(`not healthy after ${patienceMs / 1000} s: ${waiting.join(', ')}`)
    await wait(500)
    const healthy = await Promise.all(waiting.map((service) => deployment.isHealthy(service)))
    waiting = waiting.filter((_, index) => !healthy[index])
  }
}

/** `{"level":"info",…,"sandbox":"bubblewrap","msg":…}` */
const Line = z.object({ sandbox: z.string(), why: z.string().optional() })

/** What holds the processes that a service runs jobs in, as it has logged. */
async function heldBy(deployment: Deployment, service: string): Promise<string> {
  const lines = (await deployment.logOf(service)).split('\n').filter((line) => line.includes('"sandbox":'))
  const { sandbox, why } = Line.parse(JSON.parse(lines.at(-1) ?? ''))
  return why === undefined ? sandbox : `${sandbox} (${why})`
}
