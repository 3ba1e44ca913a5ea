import { expect, it } from 'vitest'
import { fuzz } from '../../testing/fuzz/run.ts'

/** A slice of what `npm run soak:reader` goes on with. */
it('reads changed documents, or says in words why not', async () => {
  const { cases, read, findings } = await fuzz(20_261_130, { to: 2000 })
  expect(findings).toEqual([])
  expect(cases).toBe(2000)
  // Documents that are hardly changed are read; where none was, the others would not be tried in earnest.
  expect(read).toBeGreaterThan(200)
}, 600_000)
