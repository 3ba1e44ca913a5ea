/** The JSON of values that are answered with again and again; it goes when they do. */
const kept = new WeakMap<object, string>()

/** Keeps the JSON of a value, which must not change from now on. */
export function keepJson<T extends object>(value: T): T {
  kept.set(value, JSON.stringify(value))
  return value
}

export function jsonOf(value: unknown): string {
  const known = typeof value === 'object' && value !== null ? kept.get(value) : undefined
  return known ?? JSON.stringify(value)
}
