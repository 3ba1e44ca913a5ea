import path from 'node:path'
import { run } from '@pdf-smaller/engines'
import { defineTask } from '@pdf-smaller/task'
import { z } from 'zod'

/** What is tried, from an engine. */
const Options = z.strictObject({
  notes: z.string(),
  read: z.array(z.string()),
  write: z.array(z.string()),
  /** Ports of this machine. */
  connect: z.array(z.int()),
})
const Found = z.object({
  read: z.array(z.string()),
  written: z.array(z.string()),
  connected: z.array(z.int()),
  environment: z.array(z.string()),
  noNewPrivs: z.boolean(),
  nice: z.int(),
})

/** Run by Node as if it were an engine: tells what it was able to do. */
const program = `
const fs = require('node:fs'), net = require('node:net'), os = require('node:os')
const { read, write, connect } = JSON.parse(process.argv[1])
const able = (what) => (file) => { try { what(file); return true } catch { return false } }
const reach = (port) => new Promise((resolve) => {
  const socket = net.connect(port, '127.0.0.1')
  socket.once('connect', () => resolve([port])).once('error', () => resolve([]))
})
const seen = (file) => fs.statSync(file).isDirectory() ? fs.readdirSync(file)[0].length : fs.readFileSync(file)[0].toString()
Promise.all(connect.map(reach)).then((found) => {
  process.stdout.write(JSON.stringify({
    read: read.filter(able(seen)),
    written: write.filter(able((file) => fs.writeFileSync(file, 'x'))),
    connected: found.flat(),
    environment: Object.keys(process.env),
    noNewPrivs: /NoNewPrivs:\\s1/.test(fs.readFileSync('/proc/self/status', 'utf8')),
    nice: os.getPriority(),
  }))
  process.exit()
})`

/** Tries to get at what is not its own. */
export const lookAround = defineTask({
  name: 'look-around',
  domain: 'testing',
  title: 'Look around',
  inputs: { min: 1, max: 1, contentTypes: ['text/plain'] },
  options: Options,
  result: Found,
  stages: [{ name: 'looking', weight: 100 }],
  limits: { retries: 0, softSeconds: 60, hardSeconds: 70 },
  code: async () => ({
    run: async ({ options, engine, workspace }) => {
      const tried = { ...options, write: [...options.write, path.join(workspace, 'own')] }
      const args = ['-e', program, JSON.stringify(tried)]
      const { stdout } = await run(process.execPath, args, { ...engine, memoryBytes: 2 ** 40 })
      return { outputs: [], result: Found.parse(JSON.parse(stdout.toString())) }
    },
  }),
})
