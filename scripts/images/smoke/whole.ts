import { setTimeout as wait } from 'node:timers/promises'
import { type ContainerTools, outputOf } from '../container-tools.ts'
import { localImage } from '../recipe.ts'
import { tryJobs } from './jobs.ts'

const patienceMs = 180_000

/**
 * Starts the image with the whole system in it, shut as those of services are, has it do jobs, and removes it.
 * @throws Error that says what does not hold, with what the system has logged
 */
export async function smokeTestOfWhole(tools: ContainerTools, port: number): Promise<void> {
  const name = `pdf-smaller-smoke-whole-${process.pid}`
  const shut = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges']
  const given = ['--volume', '/data', '--env', 'PDF_SMALLER_OPEN_TO_ANYONE=true']
  const published = ['--publish', `127.0.0.1:${port}:8080`]
  await tools.podman('run', '--detach', '--name', name, ...shut, ...given, ...published, localImage('all'))
  try {
    for (const deadline = Date.now() + patienceMs; ; await wait(500)) {
      if (await tools.holds('exec', name, 'node', 'healthy.mjs', '8080')) break
      const runs = await tools.podman('inspect', '--format', '{{.State.Running}}', name)
      if (runs !== 'true') throw new Error('it has ended')
      if (Date.now() > deadline) throw new Error(`not healthy after ${patienceMs / 1000} s`)
    }
    console.log('The whole system in one container:')
    for (const { job, seconds, outcome } of await tryJobs(`http://127.0.0.1:${port}`))
      console.log(`  ${job}: ${outcome} (${seconds.toFixed(1)} s)`)
  } catch (error) {
    const logged = ['-c', 'exec podman logs --tail 50 "$0" 2>&1', name]
    console.error(await outputOf('sh', logged, { env: tools.env }).catch(String))
    throw error
  } finally {
    await tools.podman('rm', '--force', '--volumes', '--time', '5', name)
  }
}
