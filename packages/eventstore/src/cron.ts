import { StoreRefused } from './errors.ts'

type Bounds = { least: number; most: number; names?: readonly string[] }

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const bounds: readonly Bounds[] = [
  { least: 0, most: 59 },
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: months },
  { least: 0, most: 6, names: weekdays },
]

/** As nats-server reads it (server/cron.go). @throws StoreRefused for what is no cron line of six fields */
export function checkCron(line: string): void {
  const fields = line.trim().split(/ +/)
  const holds = fields.length === bounds.length && bounds.every((each, i) => isField(fields[i] ?? '', each))
  if (holds) return
  const what = 'second, minute, hour, day, month and weekday'
  throw new StoreRefused(`${JSON.stringify(line.slice(0, 100))} is no cron line of ${what}`, 0)
}

const isField = (field: string, bounds: Bounds) => field.split(',').every((range) => isRange(range, bounds))

/** A number or a name, two of them with `-` between, or `*`; then `/` and a step where there is one. */
function isRange(range: string, { least, most, names = [] }: Bounds): boolean {
  const [, first, last, step] = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(range) ?? []
  if (first === undefined || Number(step) === 0) return false
  if (first === '*' || first === '?') return last === undefined
  const numberOf = (value: string) => {
    const named = names.indexOf(value.toLowerCase())
    return named >= 0 ? named + least : /^\d+$/.test(value) ? Number(value) : NaN
  }
  const [from, to] = [numberOf(first), numberOf(last ?? first)]
  return least <= from && from <= to && to <= most
}
