/** The streams of the event store. */
export const streams = {
  jobs: 'JOBS',
  progress: 'PROGRESS',
  dead: 'DEAD',
  results: 'RESULTS',
  presence: 'PRESENCE',
  spending: 'SPENDING',
  webhooks: 'WEBHOOKS',
  deliveries: 'DELIVERIES',
  reserve: 'RESERVE',
} as const

/** The domains of work: each has one durable consumer that its workers share, of its name. */
export const domains = ['ai-extraction', 'compression', 'conversion', 'ocr', 'janitor'] as const

/** How long events are kept where nothing else is said, days: longer than any retention of files. */
export const eventRetentionDays = 400

/** How long it is known which job had a result, days: as long as files are kept. */
export const earlierResultDays = 7

/** How long the log of webhooks is kept, days. */
export const deliveryLogDays = 30
