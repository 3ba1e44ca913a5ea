import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { JobFailure } from '@pdf-smaller/contracts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { EngineContext } from './context.ts'
import { smallDisk } from '@pdf-smaller/testing/small-disk'
import { run } from './run.ts'

let cwd: string
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'run-'))
})
afterAll(() => rm(cwd, { recursive: true }))

/** A bound on what hangs: a busy machine takes its time. */
const patience = { timeout: 60_000 }
const context = (more: Partial<EngineContext> = {}): EngineContext => ({
  cwd,
  signal: new AbortController().signal,
  memoryBytes: 4 * 2 ** 30,
  cores: 1,
  core: (work) => work(),
  ...more,
})
const codeOf = (error: unknown) => (error instanceof JobFailure ? error.code : error)
/** A process that nobody has waited for yet is a zombie (Z), not alive. */
const isAlive = async (pid: number) => {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '0 () Z')
  return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z'
}
/** A shell stands in for an engine: it can be told to do what a broken engine does. */
const shell = (script: string, ctx = context(), options = {}) => run('sh', ['-c', script], ctx, options)

describe('run', () => {
  it('gives back what the engine says, and tells what it took', async () => {
    const onExit = vi.fn<NonNullable<EngineContext['onExit']>>()
    // It lives until it was seen here, so that its memory was looked at, however late that comes.
    const until = 'touch begun; until [ -e seen ]; do sleep 0.02; done'
    const running = shell(`${until}; echo out; echo err >&2; sleep 0.1; exit 3`, context({ onExit }), {
      okCodes: [0, 3],
    })
    await vi.waitFor(() => access(path.join(cwd, 'begun')), patience)
    await writeFile(path.join(cwd, 'seen'), '')
    const result = await running
    expect(result).toMatchObject({ exitCode: 3, stderr: 'err\n' })
    expect(result.stdout.toString()).toBe('out\n')
    expect(result.wallMs).toBeGreaterThan(90)
    expect(result.peakBytes).toBeGreaterThan(100_000)
    expect(onExit).toHaveBeenCalledExactlyOnceWith({
      engine: 'sh',
      wallMs: result.wallMs,
      peakBytes: result.peakBytes,
      exitCode: 3,
    })
  })

  it('tells what an engine has failed with, and of one that was stopped why', async () => {
    const onExit = vi.fn<NonNullable<EngineContext['onExit']>>()
    await expect(shell('exit 4', context({ onExit }))).rejects.toThrow(JobFailure)
    expect(onExit).toHaveBeenLastCalledWith(expect.objectContaining({ exitCode: 4, failed: 'engine_failed' }))
    const controller = new AbortController()
    const stopped = shell('sleep 60', context({ onExit, signal: controller.signal }))
    setImmediate(() => controller.abort(new JobFailure('job_cancelled')))
    await expect(stopped).rejects.toThrow(JobFailure)
  })

  it('hands on a bare environment, a closed input and no shell', async () => {
    const { stdout } = await run('env', [], context({ traceparent: '00-1-2-01' }), { env: { A: '$HOME' } })
    const names = stdout
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.replace(/=.*/, ''))
    expect(names.sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'A',
      'HOME',
      'LANG',
      'PATH',
      'TMPDIR',
      'TRACEPARENT',
    ])
    expect(stdout.toString()).toContain('A=$HOME')
    expect((await run('cat', [], context())).stdout).toHaveLength(0)
  })

  it('tells of a failure with the last line, without the folder', async () => {
    const failure = shell(`echo first >&2; echo "$PWD/x.pdf: broken" >&2; exit 2`)
    await expect(failure).rejects.toMatchObject({
      code: 'engine_failed',
      why: 'sh exited with code 2: x.pdf: broken',
    })
  })

  it('tells of a missing engine', async () => {
    await expect(run('no-such-engine', [], context())).rejects.toMatchObject({
      code: 'engine_missing',
      why: 'no-such-engine',
    })
  })

  const spin = 'while :; do :; done'
  it.each([
    [
      'processor time',
      spin,
      { timeoutMs: 1000 },
      'engine_timeout',
      'bash needed more than 1 s of processor time',
    ],
    ['wall clock', 'sleep 30', { timeoutMs: 20 }, 'engine_timeout', 'bash ran longer than 1 s'],
    ['output', 'yes', { outputLimitBytes: 2 ** 20 }, 'decompression_bomb', 'bash wrote more than 1 MiB'],
    [
      'file size',
      'exec yes > big',
      { outputLimitBytes: 2 ** 20 },
      'decompression_bomb',
      'bash wrote more than 1 MiB',
    ],
  ])('ends an engine over its limit of %s, and says so', async (_, script, options, code, why) => {
    const running = run('bash', ['-c', script], context(), options)
    await expect(running).rejects.toMatchObject({ code, why })
  })

  it('does not count the time in which an engine gets no processor', async () => {
    const { wallMs } = await run('sleep', ['1.2'], context(), { timeoutMs: 1000 })
    expect(wallMs).toBeGreaterThan(1000)
  })

  it('does not believe an engine that says all is well although its memory ran out', async () => {
    const said = shell('echo "qpdf: std::bad_alloc" >&2; exit 3', context(), { okCodes: [0, 3] })
    await expect(said).rejects.toMatchObject({ code: 'out_of_memory' })
  })

  it('ends an engine that takes too much memory', async () => {
    const taking = run(
      process.execPath,
      ['-e', 'new Array(3e8).fill(1.5)'],
      context({ memoryBytes: 2 ** 28 }),
    )
    await expect(taking.catch(codeOf)).resolves.toBe('out_of_memory')
  })

  it('keeps only the beginning of a flood of messages', async () => {
    const { stderr } = await shell('head -c 5000000 /dev/zero >&2')
    expect(stderr.length).toBeLessThanOrEqual(32 * 1024)
  })

  it('kills the whole group on abort, and rejects with the reason', async () => {
    const abort = new AbortController()
    const reason = new JobFailure('job_cancelled')
    const running = shell('sleep 30 & echo $! > child; wait', context({ signal: abort.signal }))
    const pid = await vi.waitFor(async () => {
      const text = await readFile(path.join(cwd, 'child'), 'utf8')
      expect(text).toMatch(/\n$/)
      return Number(text)
    }, patience)
    abort.abort(reason)
    await expect(running).rejects.toBe(reason)
    await vi.waitFor(async () => expect(await isAlive(pid)).toBe(false), patience)
  })

  it('starts nothing once aborted', async () => {
    const onExit = vi.fn<NonNullable<EngineContext['onExit']>>()
    await expect(shell('true', context({ signal: AbortSignal.abort('gone'), onExit }))).rejects.toBe('gone')
    expect(onExit).not.toHaveBeenCalled()
  })

  it('takes the engine with a worker that is killed', async () => {
    const program = `
      import { run } from ${JSON.stringify(path.join(import.meta.dirname, 'run.ts'))}
      const onExit = () => {}
      await run('sh', ['-c', 'echo $$ > orphan; exec sleep 30'], {
        cwd: ${JSON.stringify(cwd)}, signal: new AbortController().signal, memoryBytes: 2 ** 30, cores: 1, core: (work) => work(), onExit })`
    const worker = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' })
    const pid = await vi.waitFor(async () => {
      const text = await readFile(path.join(cwd, 'orphan'), 'utf8')
      expect(text).toMatch(/\n$/)
      return Number(text)
    }, patience)
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    await vi.waitFor(async () => expect(await isAlive(pid)).toBe(false), patience)
  })
})

describe('a full disk', () => {
  it.each([
    ['an engine that fails', 'head -c 9000000 /dev/zero > big; exit 1'],
    ['one that says nothing', 'head -c 9000000 /dev/zero > big 2> /dev/null; true'],
    ['one that takes back what it could not write', 'head -c 9000000 /dev/zero > big || { rm big; exit 1; }'],
  ])('is told of %s', async (_, script) => {
    await using disk = await smallDisk(8)
    const failure = shell(script, context({ cwd: disk.folder }))
    await expect(failure).rejects.toMatchObject({ code: 'work_disk_full' })
  })
})
