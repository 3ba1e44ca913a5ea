import { readdirSync } from 'node:fs'
import path from 'node:path'
import { Level } from '@pdf-smaller/compress/levels'
import { compressFile } from '@pdf-smaller/compress/testing/context'

/**
 * Compresses every PDF of a folder at every level, and names those of which a level makes more than a gentler one, and
 * those of which one is refused: `npm run bench:monotone -- FOLDER`. Ends with 1 where a level makes more.
 */
const [folder = '.'] = process.argv.slice(2)
let isAny = false
for (const name of readdirSync(folder)
  .filter((each) => each.toLowerCase().endsWith('.pdf'))
  .sort()) {
  const told = await toldOf(path.join(folder, name))
  process.stdout.write(`${name}: ${told}\n`)
}
process.exitCode = isAny ? 1 : 0

async function toldOf(file: string): Promise<string> {
  const parts: string[] = []
  let gentler = Infinity
  for (const level of Level.options) {
    try {
      const { result } = await compressFile(file, { level })
      const refused = result.passes.filter(({ outcome }) => outcome === 'rejected').map((each) => each.name)
      const isMore = result.bytesAfter > gentler
      isAny ||= isMore
      gentler = result.bytesAfter
      const why = `${isMore ? ' MORE' : ''}${refused.length > 0 ? ` (refused: ${refused.join(', ')})` : ''}`
      parts.push(`${level} ${result.ratio.toFixed(3)}${why}`)
    } catch (error) {
      return `left out: ${String(error)}`
    }
  }
  return parts.join(', ')
}
