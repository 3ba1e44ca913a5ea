/** So many pages that may look different are compared, and so many besides. */
const mostTouched = 20
const mostOthers = 4

/** The pages of a document that are compared: those that may look different, or a sample of them, and a few others. */
export function pagesToCompare(pages: number, touched: ReadonlySet<number>): number[] {
  const all = Array.from({ length: pages }, (_, index) => index + 1)
  const chosen = [...spread([...touched].sort(ascending), mostTouched), ...spread(all, mostOthers)]
  return [...new Set(chosen)].sort(ascending)
}

const ascending = (a: number, b: number) => a - b

/** At most so many of the items, spread evenly, the first and last included. */
export function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items]
  return Array.from({ length: most }, (_, index) =>
    items.at(Math.round((index * (items.length - 1)) / (most - 1))),
  ).filter((item) => item !== undefined)
}
