import { expectedRun, type RunSample, type Size } from '@pdf-smaller/domain'

/** How long the newest attempts of each task took. */
export type RunSamples = {
  add: (task: string, sample: RunSample) => void
  /** How long an attempt will take, ms; undefined without enough to go by. */
  expect: (task: string, size: Size) => number | undefined
}

const kept = 60

export function openRunSamples(): RunSamples {
  const samples = new Map<string, RunSample[]>()
  return {
    add: (task, sample) => {
      const own = samples.get(task) ?? []
      samples.set(task, own)
      own.push(sample)
      if (own.length > kept) own.shift()
    },
    expect: (task, size) => expectedRun(samples.get(task) ?? [], size),
  }
}
