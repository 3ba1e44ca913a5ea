import { failures } from '@pdf-smaller/contracts'
import { expect, it } from 'vitest'
import { de } from './de.ts'

/** Any request may be refused so: for want of rights or room, or while there is too much to do. */
const ofAnyRequest = new Set([403, 429, 503, 507])

it('tells in German why requests are refused that nothing is wrong with', () => {
  const refusals = Object.entries(failures).filter(
    ([code, { http }]) => ofAnyRequest.has(http) && !code.startsWith('llm_'),
  )
  const told = new Set(Object.keys(de.job.failures))
  expect(refusals.map(([code]) => code).filter((code) => !told.has(code))).toEqual([])
})
