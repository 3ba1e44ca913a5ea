import type { ConfigOf } from '@pdf-smaller/platform'
import { count, llmSettings, type Settings } from '@pdf-smaller/platform/settings'
import { workerSettings } from '@pdf-smaller/worker'
import { z } from 'zod'

const price = (of: string) =>
  z.coerce.number().nonnegative().default(0).describe(`Price of a million tokens that ${of}`)

/** What this service reads besides what every service does. */
export const aiExtractionSettings = {
  ...workerSettings,
  ...llmSettings,
  LLM_ANSWER_TOKENS: count(2048, 1).describe('Most tokens of one answer'),
  LLM_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(290)
    .default(120)
    .describe('How long one answer may take; the client waits for no more than 300 s'),
  LLM_MAX_PAGES: count(50, 1).describe('Most pages of a document that the model is asked about'),
  LLM_IMAGES: z
    .enum(['auto', 'never'])
    .default('auto')
    .describe('Whether the model is shown pages that are scans, as long as it takes images'),
  LLM_INPUT_PRICE: price('the model is asked with'),
  LLM_OUTPUT_PRICE: price('it answers with'),
  LLM_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD')
    .describe('Currency of the prices (ISO 4217)'),
  LLM_BUDGET: z.coerce
    .number()
    .nonnegative()
    .optional()
    .describe(
      'What each tenant may spend on the model in a calendar month (UTC), in the same currency; it needs a price',
    ),
  CONCURRENCY_AI_EXTRACTION: count(1, 1).describe('Extraction jobs that run at once in one process'),
} satisfies Settings
export type AiExtractionConfig = ConfigOf<typeof aiExtractionSettings>
