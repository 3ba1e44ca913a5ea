import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Constants, Level } from '@pdf-smaller/estimate'

/** Writes the constants where the estimates read them, with what they were fitted to. */
export async function writeConstants(
  found: Record<Level, Constants>,
  fittedTo: { levels: string; files: number },
): Promise<void> {
  const rows = Object.entries(found).map(([level, constants]) => `  ${level}: ${textOf(constants)},`)
  const lines = [
    "import type { Constants, Level } from './levels.ts'",
    '',
    '/** The levels, by their digest, and the number of files that the constants were fitted to. */',
    `export const fittedTo = { levels: '${fittedTo.levels}', files: ${fittedTo.files} }`,
    '',
    '/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */',
    '// prettier-ignore',
    'export const constants: Record<Level, Constants> = {',
    ...rows,
    '}',
    '',
  ]
  await writeFile(
    path.join(import.meta.dirname, '../../packages/estimate/src/constants.ts'),
    lines.join('\n'),
  )
}

const rounded = (value: number) => Number(value.toFixed(3))

function textOf(constants: Constants): string {
  const cells = Object.entries(constants).map(([key, value]) => {
    if (typeof value === 'number') return `${key}: ${rounded(value)}`
    if (Array.isArray(value)) return `${key}: [${value.map(rounded).join(', ')}]`
    const shares = Object.entries(value).map(([kind, share]) => `${kind}: ${rounded(share)}`)
    return `${key}: { ${shares.join(', ')} }`
  })
  return `{\n    ${cells.join(',\n    ')},\n  }`
}
