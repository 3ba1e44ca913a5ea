/** What stands in a query; nothing of what is left out. */
export function wordsOf(
  given: Record<string, string | number | boolean | Date | undefined>,
): Record<string, string> {
  const words = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value instanceof Date ? value.toISOString() : String(value)]],
  )
  return Object.fromEntries(words)
}
