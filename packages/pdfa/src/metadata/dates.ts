const parts = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?/

/** A date of PDF (ISO 32000-1, 7.9.4) as XMP writes it; undefined for what is none. */
export function xmpDate(text: string): string | undefined {
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    utc,
    sign,
    hours,
    minutes,
  ] = parts.exec(text) ?? []
  if (year === undefined) return undefined
  const zone = sign && hours ? `${sign}${hours}:${minutes ?? '00'}` : utc ? 'Z' : ''
  const date = `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`
  // Without a zone the date is read as one of this place, which only matters for whether it is one.
  return Number.isNaN(Date.parse(date)) ? undefined : zone === '' ? `${date}Z` : date
}
