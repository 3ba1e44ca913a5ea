import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'vitest'
import { compressAndCheck } from '../testing/checked.ts'
import type { Level } from './levels.ts'

const corpus = path.join(import.meta.dirname, '../../../../shared/corpus')

/** Real documents of every kind that no level may enlarge or damage; files made to harm are tested elsewhere. */
const files = (existsSync(corpus) ? readdirSync(corpus) : []).filter((name) =>
  /^(scan|mixed|text|image|form|inv|bank|huge).*\.pdf$|^enc-owner/.test(name),
)

// The usual level and the strongest; `npm run bench:compress` looks at all.
describe.each(['medium', 'maximum'] satisfies Level[])('level %s', (level) => {
  // The longest document takes as long at every level.
  const chosen = files.filter((name) => level === 'medium' || !name.startsWith('huge'))
  it.runIf(files.length > 0).each(chosen)('keeps %s intact', async (name) => {
    await compressAndCheck(path.join(corpus, name), level)
  })
})
