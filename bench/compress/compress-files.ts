import { readFileSync } from 'node:fs'
import { copyFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { compressFile } from '@pdf-smaller/compress/testing/context'

/**
 * Compresses files one after the other, as a worker that runs already: `<level> <folder of the results> <files>`.
 * Tells on a line for each file its name, whether there is a result, and the processor time that it and its engines took;
 * without a result it stays as it was.
 */
const [level = '', folder = '', ...files] = process.argv.slice(2)
/** On a machine that does other things it may take long by the clock. */
const mostMs = 600_000
for (const file of files) {
  const before = processorSeconds()
  const output = path.join(folder, path.basename(file))
  const ok = await compressFile(file, { level }, AbortSignal.timeout(mostMs)).then(
    async (done) => {
      await writeFile(output, done.output)
      return true
    },
    async (error: unknown) => {
      process.stderr.write(`${file}: ${String(error)}\n`)
      await copyFile(file, output)
      return false
    },
  )
  const told = { name: path.basename(file), ok, cpuSeconds: processorSeconds() - before }
  process.stdout.write(`${JSON.stringify(told)}\n`)
}

/** Of this process and of those it waited for: fields 14 to 17 of /proc/self/stat, in hundredths of a second (proc(5)). */
function processorSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1)?.split(' ') ?? []
  return fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0) / 100
}
