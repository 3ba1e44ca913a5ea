/** What goes on at once under each key in this process. */
export type Places = {
  /**
   * @param most that may go on under the key at once
   * @returns gives the place back, once, and tells whether nothing goes on under the key any more; undefined where there is none
   */
  take: (key: string, most: number) => (() => boolean) | undefined
}

export function openPlaces(): Places {
  const taken = new Map<string, number>()
  return {
    take: (key, most) => {
      const others = taken.get(key) ?? 0
      if (others >= most) return undefined
      taken.set(key, others + 1)
      return () => {
        const left = (taken.get(key) ?? 1) - 1
        if (left > 0) taken.set(key, left)
        else taken.delete(key)
        return left <= 0
      }
    },
  }
}
