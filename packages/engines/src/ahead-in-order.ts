/**
 * Works on items, so many of them at a time, and gives what comes of each in the order of the items. Nothing is worked
 * on any more once it ends.
 */
export async function* aheadInOrder<Item, Made>(
  items: Iterable<Item>,
  count: number,
  work: (item: Item) => Promise<readonly Made[]>,
): AsyncGenerator<Made> {
  const working: Promise<readonly Made[]>[] = []
  try {
    for (const item of items) {
      const made = work(item)
      // Who takes it hears of its failure; until then it waits.
      made.catch(() => {})
      working.push(made)
      const [first] = working
      if (!first || working.length < count) continue
      yield* await first
      void working.shift()
    }
    for (const made of working) yield* await made
  } finally {
    await Promise.allSettled(working)
  }
}
