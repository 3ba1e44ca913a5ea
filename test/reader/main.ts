import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bytesOfCase } from '@pdf-smaller/pdf/testing/fuzz/one-case'
import { fuzz } from '@pdf-smaller/pdf/testing/fuzz/run'
import { checkFiles } from './files.ts'

/**
 * Proves the reader of documents:
 * `npm run soak:reader -- [--seconds 3600] [--seed 1] [--from 0] [--keep FOLDER]` tries documents that are changed in
 * their structure and in their bytes, and keeps those that it fails at;
 * `npm run soak:reader -- --files FOLDER … [--json FILE]` reads the files of folders, writes them and compares.
 */
const { values } = parseArgs({
  options: {
    files: { type: 'string', multiple: true, default: [] },
    json: { type: 'string' },
    seconds: { type: 'string', default: '3600' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    keep: { type: 'string' },
  },
})
const isGood = values.files.length > 0 ? await checkFiles(values.files, values.json) : await soak()
process.exit(isGood ? 0 : 1)

async function soak(): Promise<boolean> {
  const end = performance.now() + Number(values.seconds) * 1000
  const isEnough = () => performance.now() > end
  const report = await fuzz(Number(values.seed), {
    from: Number(values.from),
    to: Number.MAX_SAFE_INTEGER,
    isEnough,
  })
  console.log(JSON.stringify(report, undefined, 1))
  if (values.keep === undefined) return report.findings.length === 0
  await mkdir(values.keep, { recursive: true })
  for (const { seed, index } of report.findings)
    await writeFile(path.join(values.keep, `${seed}-${index}.pdf`), bytesOfCase(seed, index))
  return report.findings.length === 0
}
