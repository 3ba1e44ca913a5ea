import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { compressFile } from '@pdf-smaller/compress/testing/context'

/** Compresses files one after the other, as a worker that runs already: `<level> <folder of the results> <files>`. */
const [level = '', folder = '', ...files] = process.argv.slice(2)
for (const file of files) {
  const { output } = await compressFile(file, { level })
  await writeFile(path.join(folder, path.basename(file)), output)
}
