import { runProgram } from './program/run.ts'

const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => interruption.abort(new Error('interrupted')))

const { env: environment, stdin, stdout, stderr } = process
process.exitCode = await runProgram(process.argv.slice(2), {
  environment,
  stdin,
  stdout,
  stderr,
  signal: interruption.signal,
})
