import { compare, readGolden, remedy, writeGolden } from './golden.ts'
import { contracts } from './contracts.ts'

/** Accepts what breaks nobody; of the rest says why not. */
const now = contracts()
const { broken, changed } = compare(await readGolden(), now)
for (const name of changed) {
  await writeGolden(name, now.get(name)?.schema)
  process.stdout.write(`${name}\n`)
}
if (broken.length > 0) {
  process.stderr.write(`Not accepted, as it breaks those who rely on it:\n${broken.join('\n')}\n${remedy}\n`)
  process.exitCode = 1
}
