const unitsMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/**
 * A moment as people write it: `2026-11-01`, `2026-11-01T08:00Z`, or how long ago: `90m`, `7d`, `2 weeks` as `2w`.
 * Days begin at midnight UTC, and times without an offset are UTC, as all times that are shown.
 * @returns undefined for what is no moment
 */
export function momentOf(given: string, now = Date.now()): Date | undefined {
  const ago = /^(\d{1,6})([smhdw])$/.exec(given)
  if (ago) {
    const unit = Object.entries(unitsMs).find(([name]) => name === ago[2])?.[1] ?? 0
    return new Date(now - Number(ago[1]) * unit)
  }
  const date = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(given)
  if (!date) return undefined
  const found = new Date(`${date[1]}T${date[2] ?? '00:00'}${date[3] ?? 'Z'}`)
  return Number.isNaN(found.getTime()) ? undefined : found
}
