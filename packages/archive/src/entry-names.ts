import { displayName } from '@pdf-smaller/contracts'

/**
 * Gives each file a name that no other has, as every file system can take it: no path, no control characters, nothing
 * that Windows refuses. A name that is taken, in capitals or not, gets a number: `a.pdf`, `a (2).pdf`.
 */
export function openEntryNames(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    const { stem, extension } = split(displayName(name).replaceAll(/[<>:"|?*]/g, '_'))
    for (let number = 1; ; number++) {
      const entry = displayName(`${stem}${number === 1 ? '' : ` (${number})`}${extension}`)
      const known = entry.normalize('NFC').toLowerCase()
      if (taken.has(known)) continue
      taken.add(known)
      return entry
    }
  }
}

function split(name: string): { stem: string; extension: string } {
  const [extension = ''] = /(?<=.)\.[^.]{1,9}$/.exec(name) ?? []
  return { stem: name.slice(0, name.length - extension.length), extension }
}
