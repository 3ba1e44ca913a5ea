/** The streams of the event store. */
export const streams = { jobs: 'JOBS', progress: 'PROGRESS', dead: 'DEAD' } as const

/** How long events are kept, days: longer than any retention of files. */
export const eventRetentionDays = 400
