/** How a language writes numbers, sizes and times. */
export type Formats = {
  number: (value: number) => string
  /** A share of 1, in whole per cent. */
  percent: (share: number) => string
  bytes: (bytes: number) => string
  /** A length of time, ms. */
  duration: (ms: number) => string
  /** The time of a day; with the day where it is not today. @param iso ISO 8601 */
  time: (iso: string, now?: Date) => string
  dateTime: (iso: string) => string
  /** A day of the calendar. @param iso `2026-01-31` */
  day: (iso: string) => string
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** By CLDR, as browsers have it. @param language BCP 47 */
export function formatsOf(language: string): Formats {
  const numbers = new Intl.NumberFormat(language)
  const percents = new Intl.NumberFormat(language, { style: 'percent' })
  const timeOfDay = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
  const dayAndTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })
  const sizes = units.map((unit) => inUnit(language, unit, 3))
  const [seconds, minutes, hours] = (['second', 'minute', 'hour'] as const).map((unit) =>
    inUnit(language, unit, 2),
  )
  return {
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    bytes: (bytes) => {
      const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
      return sizes[power]?.(bytes / 1000 ** power) ?? String(bytes)
    },
    duration: (ms) => {
      const [format, length] =
        ms < 60_000 ? [seconds, 1000] : ms < 3_600_000 ? [minutes, 60_000] : [hours, 3_600_000]
      return format?.(ms / length) ?? String(ms)
    },
    time: (iso, now = new Date()) => {
      const at = new Date(iso)
      return at.toDateString() === now.toDateString() ? timeOfDay.format(at) : dayAndTime.format(at)
    },
    dateTime: (iso) => exact.format(new Date(iso)),
    day: (iso) => days.format(new Date(`${iso}T00:00:00Z`)),
  }
}

/** Whole above a hundred, so that figures do not seem more exact than anybody needs them. */
function inUnit(language: string, unit: string, digits: number): (value: number) => string {
  // The short form of bytes knows no plural.
  const how = { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short' } as const
  const format = new Intl.NumberFormat(language, { ...how, maximumSignificantDigits: digits })
  const whole = new Intl.NumberFormat(language, { ...how, maximumFractionDigits: 0 })
  return (value) => (value >= 100 ? whole : format).format(value)
}
