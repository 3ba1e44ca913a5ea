import { JobFailure, spendingSubject, streams } from '@pdf-smaller/contracts'
import { openTally } from '@pdf-smaller/eventstore'
import type { AiExtractionConfig } from '../../src/settings.ts'
import type { NatsConnection } from '@nats-io/transport-node'

export type Tokens = { promptTokens: number; completionTokens: number }

/** What is set aside for a question until it is known what its answer costs. */
export type Reservation = {
  /** Puts back what was set aside beyond the cost. */
  settle: (nanos: bigint) => Promise<void>
}

export type Budget = {
  /** What tokens cost, in billionths of the currency's unit. */
  costOf: (tokens: Tokens) => bigint
  /** @throws JobFailure llm_budget where less is left */
  reserve: (tenant: string, tokens: Tokens) => Promise<Reservation>
}

type Settings = Pick<AiExtractionConfig, 'LLM_INPUT_PRICE' | 'LLM_OUTPUT_PRICE' | 'LLM_BUDGET'>

/**
 * Keeps every tenant within its budget of the month. The most that a question may cost is set aside before it is asked, in a
 * stream that all workers share, and what was too much is put back: no tenant spends more than its budget as the server
 * counts tokens, whatever runs side by side or is lost. What a worker had set aside when it died stays spent.
 */
export function openBudget(settings: Settings, connection: NatsConnection, clock: () => Date): Budget {
  const { LLM_INPUT_PRICE: input, LLM_OUTPUT_PRICE: output, LLM_BUDGET } = settings
  const costOf = ({ promptTokens, completionTokens }: Tokens) =>
    BigInt(Math.ceil(promptTokens * input * 1000 + completionTokens * output * 1000))
  if (LLM_BUDGET === undefined) return { costOf, reserve: async () => ({ settle: async () => {} }) }
  const most = BigInt(Math.round(LLM_BUDGET * 1e9))
  const tally = openTally(connection, streams.spending)
  return {
    costOf,
    reserve: async (tenant, tokens) => {
      const subject = spendingSubject(tenant, clock().toISOString().slice(0, 7))
      const reserved = costOf(tokens)
      if ((await tally.add(subject, reserved, most)) === undefined) throw new JobFailure('llm_budget')
      return {
        settle: async (nanos) => {
          if (nanos !== reserved) await tally.add(subject, nanos - reserved)
        },
      }
    },
  }
}
