const units = ['B', 'kB', 'MB', 'GB']

/** A size as people read it; powers of 1,000. */
export function size(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, Math.abs(bytes))) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 ? value : value.toFixed(Math.abs(value) < 10 ? 2 : 1)} ${units[power]}`
}

const powers = { '': 0, k: 1, m: 2, g: 3 } as const

/**
 * The bytes of a size as people write it: `2MB`, `500 kB`, `1.5M`, `2MiB` (powers of 1,024 with an i).
 * @returns undefined for what has no unit
 */
export function bytesIn(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*([kmg]?)(i?)b?$/i.exec(text.trim())
  if (!found || /^[\d.]+$/.test(text.trim())) return undefined
  const [, number, letter = '', binary] = found
  const power = Object.entries(powers).find(([name]) => name === letter.toLowerCase())?.[1] ?? 0
  return Math.floor(Number(number) * (binary ? 1024 : 1000) ** power)
}
