import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'

const root = path.resolve(import.meta.dirname, '..')
const contentOf = (file: string) => readFileSync(path.join(root, file), 'utf8')
const blockOf = (language: string) =>
  new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(contentOf('README.md'))?.[1]

let server: NatsServer
beforeAll(async () => {
  server = await startNatsServer()
})
afterAll(() => server.stop())

it('shows an example that prints what it says', async () => {
  // A file by itself, so that its types are checked and it finds the package by its name.
  expect(blockOf('ts')).toBe(contentOf('testing/example.ts'))
  const env = { ...process.env, NATS_URL: server.url, NO_COLOR: '1' }
  const { stdout } = await promisify(execFile)(process.execPath, ['testing/example.ts'], { cwd: root, env })
  expect(stdout).toBe(blockOf('text'))
})

it('is of a package that does not know what it is used for', () => {
  const patterns = ['{src,testing}/**/*.ts', 'README.md', 'package.json']
  const files = globSync(patterns, { cwd: root, exclude: ['**/*.test.ts'] })
  const knows = (file: string) => /pdf|\bjobs?\b/i.test(contentOf(file).replaceAll('@pdf-smaller/', ''))
  expect([files.length > 20, files.filter(knows)]).toEqual([true, []])
})
