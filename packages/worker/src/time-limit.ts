import { JobFailure } from '@pdf-smaller/contracts'

/** An attempt's abort signal, and the ways it comes to an end from outside. */
export type Leash = {
  signal: AbortSignal
  /** Aborts; the reason is what the attempt fails with. The first reason counts. */
  pull: (reason: JobFailure) => void
  /** Rejects when the hard limit is reached: whatever still runs then is left behind. */
  hardLimit: Promise<never>
  release: () => void
}

export function openLeash({ softSeconds, hardSeconds }: { softSeconds: number; hardSeconds: number }): Leash {
  const controller = new AbortController()
  const pull = (reason: JobFailure) => controller.abort(reason)
  const soft = setTimeout(
    () => pull(new JobFailure('task_timeout', `more than ${softSeconds} s`)),
    softSeconds * 1000,
  )
  let hard: NodeJS.Timeout | undefined
  const hardLimit = new Promise<never>((_, reject) => {
    hard = setTimeout(
      () => reject(new JobFailure('task_timeout', `more than ${hardSeconds} s`)),
      hardSeconds * 1000,
    )
  })
  hardLimit.catch(() => {})
  return {
    signal: controller.signal,
    pull,
    hardLimit,
    release: () => {
      clearTimeout(soft)
      clearTimeout(hard)
    },
  }
}
