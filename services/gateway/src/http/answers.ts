import { type FailureCode, failures } from '@pdf-smaller/contracts'
import { z } from 'zod'
import { Problem } from '../problem.ts'

/** What may go wrong with every request that asks for a key. */
const usual: FailureCode[] = [
  'invalid_request',
  'unauthorized',
  'forbidden',
  'rate_limited',
  'internal_error',
]

type Answer = { description: string; schema?: z.ZodType; contentType?: string }

/** The answers of a route, for its documentation: what it gives, and the codes of its problems by status. */
export function answers(
  given: Record<number, Answer>,
  codes: readonly FailureCode[] = [],
): Record<number, unknown> {
  const good = Object.entries(given).map(
    ([status, { description, schema, contentType = 'application/json' }]) => [
      status,
      schema ? { description, content: { [contentType]: { schema } } } : z.undefined().describe(description),
    ],
  )
  const byStatus = Map.groupBy([...usual, ...codes], (code) => failures[code].http)
  const bad = [...byStatus].map(([status, codes]) => [
    status,
    {
      description: codes.map((code) => `\`${code}\`: ${failures[code].title}.`).join(' '),
      content: { 'application/problem+json': { schema: Problem } },
    },
  ])
  return Object.fromEntries([...bad, ...good])
}
