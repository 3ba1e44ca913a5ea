import { type ChildProcess, spawn } from 'node:child_process'

const running = new Set<ChildProcess>()
let interrupted = false

/**
 * Runs a program that takes a while; says on stderr what it does and how long it took. Its output is shown only when
 * it fails.
 * @param what for instance `Building nats-server 2.15.2`
 * @throws Error with the program's last words
 */
export async function step(
  what: string,
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (interrupted) throw new Error(`${what}: interrupted`)
  const started = performance.now()
  process.stderr.write(`${what} …\n`)
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = (output + String(chunk)).slice(-2000)))
  const end = await new Promise<string | number | null>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal ?? code))
  })
  running.delete(child)
  const command = [program, ...args].join(' ')
  if (end !== 0) throw new Error(`${what} failed (${end}): ${command}\n${output.trim()}`)
  process.stderr.write(`${what}: done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
}

/** Ends the programs that run now, so that their steps fail and clean up, and lets no other begin. */
export function endSteps(signal: NodeJS.Signals): void {
  interrupted = true
  for (const child of running) child.kill(signal)
}
