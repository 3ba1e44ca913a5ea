import path from 'node:path'
import { buildClient } from './build.ts'

const to = path.resolve(import.meta.dirname, '../../dist/client')
const files = await buildClient(to)
for (const { name, bytes, zipped } of files)
  process.stdout.write(`${name.padEnd(24)} ${bytes} bytes, ${zipped} compressed\n`)
process.stdout.write(`The package is in ${to}: npm pack ${path.relative(process.cwd(), to)}\n`)
