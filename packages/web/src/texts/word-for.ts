/** The words for a name that the service gives; a name that has none is told as it is, in words of its own. */
export function wordFor(words: Readonly<Record<string, string>>, name: string): string {
  if (Object.hasOwn(words, name)) return words[name] ?? name
  const plain = name.replaceAll(/[-_]/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2')
  return plain.charAt(0).toUpperCase() + plain.slice(1).toLowerCase()
}
