import { fittedTo } from '@pdf-smaller/estimate'
import { expect, it } from 'vitest'
import { digestOfLevels } from './edition.ts'

it('estimates are fitted to the levels as they are', () => {
  const message =
    'the levels changed after the estimates were fitted: run `node bench/fit-estimate.ts --files FOLDER --scratch FOLDER --write` (docs/estimates.md)'
  expect(digestOfLevels(), message).toBe(fittedTo.levels)
})
