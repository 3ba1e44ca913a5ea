import { statSync } from 'node:fs'
import type { Estimate, EstimateWarning } from '@pdf-smaller/contracts'
import { displayName } from '@pdf-smaller/contracts'
import { exitCodes, UsageError } from '../exit.ts'
import { readFlags } from '../flags.ts'
import { size } from '../report.ts'
import type { Command } from '../session.ts'

const help = `Usage: pdf-smaller estimate FILE... [--json]

Tells what each level of compress would make of the files, judged by their structure: quick, and not exact.`

/** Estimates what compression would gain. */
export const estimate: Command = async (args, { print, signal, connectOrStart }) => {
  const { values, positionals: files } = readFlags('estimate', args, { json: { type: 'boolean' } })
  if (values.help) {
    print(help)
    return exitCodes.done
  }
  if (files.length === 0) throw new UsageError('name the files to estimate')
  const missing = files.find((file) => !statSync(file, { throwIfNoEntry: false })?.isFile())
  if (missing) throw new UsageError(`${missing} is not a file that can be read`)
  const client = await connectOrStart(values.server)
  for (const file of files) {
    const found = await client.estimate(file, { signal })
    if (values.json) print(JSON.stringify({ file, ...found }))
    else for (const line of estimateLines(displayName(file), found)) print(line)
  }
  return exitCodes.done
}

const said: Record<EstimateWarning, string> = {
  encrypted: 'it is encrypted: compress takes it only if it opens without a password',
  signed: 'it is signed: compress refuses it, since any change would break the signature',
  no_pages_found: 'no pages were found: it may be damaged',
}

/** An estimate for people. */
export function estimateLines(name: string, { bytes, pages, levels, warnings }: Estimate): string[] {
  const about = pages === undefined ? size(bytes) : `${size(bytes)}, ${pages} page${pages === 1 ? '' : 's'}`
  const rows = Object.entries(levels).map(([level, { bytes, ratio }]) => {
    const percent = Math.round((1 - ratio) * 100)
    const gain = percent > 0 ? `${percent} % smaller` : 'no smaller'
    return `  ${level.padEnd(9)} about ${size(bytes).padStart(9)}   ${gain}`
  })
  return [`${name}: ${about}`, ...rows, ...warnings.map((warning) => `  ${said[warning]}`)]
}
