/** Works on all items, `count` at a time. */
export async function inParallel<T>(
  count: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values()
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (const item of left) await work(item)
    }),
  )
}
