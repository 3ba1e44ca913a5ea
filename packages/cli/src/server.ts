import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const Running = z.object({ url: z.url(), pid: z.number() })

export type Server = { url: string; stop: () => Promise<void> }

type Environment = Record<string, string | undefined>

/** The service to use: the one named, else the one that runs here, else one of our own for as long as this command runs. */
export async function findServer(named: string | undefined, environment: Environment): Promise<Server> {
  const given = named ?? environment['PDF_SMALLER_URL']
  if (given) return { url: given, stop: async () => {} }
  const data = path.resolve(root, environment['PDF_SMALLER_DATA_DIR'] ?? '.data')
  const running = await runningServer(path.join(data, 'running.json'))
  return running ? { url: running, stop: async () => {} } : startServer(path.join(data, 'cli'), environment)
}

async function runningServer(file: string): Promise<string | undefined> {
  try {
    const { url } = Running.parse(JSON.parse(await readFile(file, 'utf8')))
    const response = await fetch(new URL('/livez', url), { signal: AbortSignal.timeout(1000) })
    return response.ok ? url : undefined
  } catch {
    return undefined
  }
}

/** Starts the embedded system beside this command; it ends with it. */
async function startServer(folder: string, environment: Environment): Promise<Server> {
  const data = `${folder}-${process.pid}`
  const child = spawn(process.execPath, [path.join(root, 'services/all/src/main.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environment,
      PDF_SMALLER_DATA_DIR: data,
      PDF_SMALLER_PORT: '0',
      PDF_SMALLER_LOG_LEVEL: 'error',
      PDF_SMALLER_KEYS_FILE: '',
    },
  })
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const onData = (chunk: unknown) => {
      said += String(chunk)
      const address = /is ready at (\S+)/.exec(said)?.[1]
      if (address) resolve(address)
    }
    child.stdout.on('data', onData)
    child.stderr.on('data', onData)
    child.once('exit', () => reject(new Error(`the service did not start:\n${said}`)))
  })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    }
    await rm(data, { recursive: true, force: true })
  }
  return { url, stop }
}
