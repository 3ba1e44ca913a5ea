import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { createClient } from '@pdf-smaller/client/node'
import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'
import { rolldown } from 'rolldown'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { blocksOf } from '../examples/blocks.ts'
import { type Program, runProgram } from '../examples/programs.ts'
import { makeProject, type StrangersProject } from '../examples/project.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const examples = [...blocksOf('client.md'), ...blocksOf('events/reading.md')]

let system: RunningSystem
let project: StrangersProject
beforeAll(async () => {
  ;[system, project] = await Promise.all([startSystemProcess(), makeProject()])
  await project.write(examples)
  await copyFile(path.join(root, 'examples/form.pdf'), path.join(project.folder, 'in.pdf'))
})
afterAll(async () => {
  await system.close()
  await project.remove()
})

const running: Program[] = []
afterEach(() => Promise.all(running.splice(0).map((program) => program.end())))

function run(name: string, more: Record<string, string> = {}): Program {
  const settings = { URL: system.url, KEY: '', ...more }
  const program = runProgram([process.execPath, '--no-warnings', name], { folder: project.folder, settings })
  running.push(program)
  return program
}

describe('the packed client', () => {
  it('works in plain JavaScript, without anything of this repository', async () => {
    await writeFile(
      path.join(project.folder, 'plain.js'),
      `import { openAsBlob } from 'node:fs'
       import { createClient, isEnded } from '@pdf-smaller/client'
       const client = createClient({ baseUrl: process.env.URL })
       const { id } = await client.submit('compress', [await openAsBlob('in.pdf')])
       const job = await client.wait(id)
       const file = await client.blob(id)
       console.log(isEnded(job), job.status, file.type, (await file.text()).slice(0, 5))`,
    )
    expect(await run('plain.js').ended()).toBe('true completed application/pdf %PDF-\n')
  })

  it.each([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])('has types that resolve as %s, those of its examples too', async (moduleResolution, module) => {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'es2024',
      lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'],
      types: ['node'],
      typeRoots: [path.join(root, 'node_modules/@types')],
      module,
      moduleResolution,
      // To look into those of zod takes a minute.
      skipLibCheck: true,
    }
    await writeFile(
      path.join(project.folder, 'wrong.ts'),
      `import { createClient, isJobOf, type JobEvent } from '@pdf-smaller/client'
       const client = createClient({ baseUrl: '' })
       // @ts-expect-error
       await client.submit('compress', ['a path'])
       // @ts-expect-error
       await client.submit('compres', [])
       // @ts-expect-error
       await client.submit('compress', [], { options: { level: 'hihg' } })
       // @ts-expect-error
       await client.submit('compress', [], { options: { levle: 'high' } })
       // @ts-expect-error
       await client.submitBatch('ocr', [], { options: { languages: 'eng' } })
       // @ts-expect-error
       await client.submit('health-check', [], { options: { level: 'high' } })
       const job = await client.get('')
       // @ts-expect-error
       if (isJobOf(job, 'compress')) job.result?.gain === 'samller'
       // @ts-expect-error
       if (isJobOf(job, 'compress')) job.result?.gian
       // @ts-expect-error
       export const ended = (await client.get('')).status === 'finished'
       // @ts-expect-error
       export const typed = (event: JobEvent) => event.data.attempt`,
    )
    const files = ['wrong.ts', ...examples.flatMap(({ name }) => (name.endsWith('.ts') ? [name] : []))]
    const config = path.join(project.folder, `tsconfig.${moduleResolution}.json`)
    await writeFile(config, JSON.stringify({ compilerOptions, files }))
    const compiler = path.join(root, 'node_modules/.bin/tsc')
    const told = await promisify(execFile)(compiler, ['-p', config]).catch((error: unknown) => error)
    expect(told).toMatchObject({ stdout: '' })
  })

  it('has declarations that name each other, and nothing that is not installed with it', async () => {
    const types = path.join(project.installed, 'types')
    const files = globSync('**/*.d.ts', { cwd: types })
    const outside = new Set<string>()
    for (const file of files)
      for (const [, name = ''] of (await readFile(path.join(types, file), 'utf8')).matchAll(
        /(?:from |import\()['"]([^'"]+)['"]/g,
      ))
        if (!name.startsWith('.')) outside.add(name)
        else expect(files).toContain(path.join(path.dirname(file), name.replace(/\.js$/, '.d.ts')))
    expect([...outside].sort()).toEqual(['@nats-io/jetstream', '@nats-io/transport-node', 'zod'])
  })

  it('needs nothing of Node in a page, and is small there', async () => {
    const missing: string[] = []
    const bundle = await rolldown({
      input: path.join(project.folder, 'page.ts'),
      platform: 'browser',
      onLog: (_, log) => missing.push(log.message),
    })
    const { output } = await bundle.generate({ format: 'es', minify: true })
    await bundle.close()
    const [{ code, imports }] = output
    expect([missing, imports, output.length]).toEqual([[], [], 1])
    expect(code).not.toMatch(/node:|@nats-io|require\(/)
    // With zod in it; half of it is that.
    expect(gzipSync(code).length).toBeLessThan(60_000)
  })

  it('does what its documentation shows', async () => {
    const told = await run('compress.ts').ended()
    const [before = 0, after = 0] = told.match(/\d+/g)?.map(Number) ?? []
    expect(before).toBe((await stat(path.join(project.folder, 'in.pdf'))).size)
    const result = await readFile(path.join(project.folder, 'out.pdf'))
    expect([result.length, result.subarray(0, 5).toString()]).toEqual([after, '%PDF-'])
    expect(await run('typed.ts').ended()).toMatch(/^(smaller|none) \d+\n$/)
    expect(await run('refused.ts').ended()).toBe('not_a_pdf 415 false\n')
  })
})

describe('the examples of reading events', () => {
  const client = () => createClient({ baseUrl: system.url })
  const compress = async () => {
    const given = { fresh: true }
    const { id } = await client().submit('compress', [path.join(project.folder, 'in.pdf')], given)
    await client().wait(id)
    return (await client().history(id)).map(({ sequence, event }) => ({ id, sequence, type: event.type }))
  }
  const lines = (told: string) => told.trim().split('\n')

  it('show events live, and of a durable consumer', async () => {
    expect(await run('make-consumer.ts').ended()).toBe('made default~warehouse\n')
    const [tail, consumer] = [run('tail.ts'), run('consume.ts')]
    // What happens before they listen is not live.
    const live = async () => {
      await compress()
      return [tail.told(), consumer.told()]
    }
    const heard = expect.stringContaining('completed')
    await expect.poll(live, { timeout: 120_000 }).toEqual([heard, heard])
    for (const { sequence, type, id } of await compress()) {
      const line = new RegExp(`^${sequence} ${type} ${id}$`, 'm')
      await Promise.all([tail.says(line), consumer.says(line)])
    }
  })

  it('show events again, from a sequence and from a time', async () => {
    const before = new Date().toISOString()
    const events = await compress()
    const told = events.map(({ sequence, type }) => `${sequence} ${type}`)
    const SEQUENCE = String(events[1]?.sequence)
    expect(lines(await run('replay.ts', { SEQUENCE }).ended())).toEqual(told.slice(1))
    expect(lines(await run('replay-from-time.ts', { TIME: before }).ended())).toEqual(told)
    const later = new Date(Date.now() + 60_000).toISOString()
    expect(await run('replay-from-time.ts', { TIME: later }).ended()).toBe('nothing has happened since\n')
  })

  it('count each event once, however often it comes', async () => {
    const jobs = async () => {
      let count = 0
      for await (const _ of client().list({ status: 'completed', task: 'compress' })) count += 1
      return count
    }
    for (let time = 0; time < 2; time++) {
      const count = await jobs()
      expect(await run('effects-once.ts').ended()).toBe(`bookings: ${count}\n`)
      expect(await run('project.ts').ended()).toMatch(new RegExp(`^jobs: ${count}, bytes saved: \\d+\n$`))
      const counts: unknown = JSON.parse(await run('own-store.ts').ended())
      expect(counts).toMatchObject({ 'pdfsmaller.job.completed.v1': count })
      if (time === 0) await compress()
    }
  })
})
