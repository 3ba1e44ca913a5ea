import { channels, streams } from '@pdf-smaller/contracts'

/**
 * Streams that hold what nothing else tells, and the results that serve again; that of the events comes last, as services
 * start when it is there.
 */
export const kept: readonly string[] = [
  ...channels
    .filter(
      ({ storage, stream, madeBy }) => storage === 'file' && madeBy === 'step' && stream !== streams.jobs,
    )
    .map(({ stream }) => stream),
  streams.jobs,
]
