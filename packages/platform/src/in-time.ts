/** What a check of readiness waits for one part, ms: less than platforms wait for its answer (5 s and more). */
export const readinessPatienceMs = 3000

/**
 * What a check gives, while that is waited for. The check itself goes on.
 * @throws what it throws; Error when it has not ended in time
 */
export async function inTime<T>(check: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const lateness = new Error(`it does not answer within ${patienceMs / 1000} s`)
    timer = setTimeout(() => reject(lateness), patienceMs)
  })
  try {
    return await Promise.race([check, late])
  } finally {
    clearTimeout(timer)
  }
}
