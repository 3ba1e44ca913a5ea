import type { Progress } from '@pdf-smaller/contracts'

/** A part of an attempt; weights of all stages sum to 100. */
export type Stage = { name: string; weight: number }

/** Turns the steps of a stage into the percentage of an attempt; it never goes back. */
export function openProgress(
  stages: readonly Stage[],
  attempt: number,
): (stage: string, current: number, total: number, message?: string) => Progress {
  let reached = 0
  return (stage, current, total, message = '') => {
    const index = stages.findIndex(({ name }) => name === stage)
    if (index < 0) throw new Error(`the task has no stage ${stage}`)
    const before = stages.slice(0, index).reduce((sum, { weight }) => sum + weight, 0)
    const part = total > 0 ? Math.min(1, Math.max(0, current / total)) : 0
    reached = Math.max(reached, before + (stages[index]?.weight ?? 0) * part)
    return {
      attempt,
      percentage: Math.round(reached * 10) / 10,
      stage,
      current,
      total,
      message: message.slice(0, 300),
    }
  }
}
