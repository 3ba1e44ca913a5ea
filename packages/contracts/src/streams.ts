/** The streams of the event store. */
export const streams = {
  jobs: 'JOBS',
  progress: 'PROGRESS',
  dead: 'DEAD',
  results: 'RESULTS',
  presence: 'PRESENCE',
  spending: 'SPENDING',
  reserve: 'RESERVE',
} as const

/** How long events are kept, days: longer than any retention of files. */
export const eventRetentionDays = 400

/** How long it is known which job had a result, days: as long as files are kept. */
export const earlierResultDays = 7
