import { expect, it } from 'vitest'
import { openContext } from '../../testing/context.ts'
import type { settingsFor } from './forms.ts'
import { levelsUntil } from './levels-until.ts'
import type { Run } from './runs.ts'

const sizes = new Map<unknown, number>([
  ['low', 900],
  ['medium', 400],
  ['high', 300],
  ['maximum', 600],
])
const of = (level: Run['of'], bytes = sizes.get(level) ?? 0): Run => ({
  of: level,
  bytes,
  outcomes: [],
  chosen: undefined,
  reports: [],
})

it.each([
  ['the gentlest level that fits', 500, [of('low'), of(0.4, 700)], ['medium']],
  ['what is left where none fits', 100, [of('medium')], ['low', 'high', 'maximum']],
])('levels are written as far as %s', async (_, target, all, written) => {
  await using test = await openContext([], {}, new AbortController().signal)
  const runs = { write: async (settings: ReturnType<typeof settingsFor>) => of(settings.of) }
  const found = await levelsUntil(target, test, { runs, all })
  expect(found.map((run) => run.of)).toEqual(written)
})
