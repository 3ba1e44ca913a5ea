import { displayName } from '@pdf-smaller/contracts'

/**
 * Gives each file a name that no other has, as every file system can take it: no path, no control characters, nothing
 * that Windows refuses, and neither a dot nor a space at its end. A name that is taken, in capitals or not, gets a
 * number: `a.pdf`, `a (2).pdf`.
 */
export function openEntryNames(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    const { stem, extension } = split(portable(displayName(name)))
    for (let number = 1; ; number++) {
      const entry = displayName(`${stem}${number === 1 ? '' : ` (${number})`}${extension}`)
      const known = entry.normalize('NFC').toLowerCase()
      if (taken.has(known)) continue
      taken.add(known)
      return entry
    }
  }
}

/** Names of devices on Windows, whatever follows a dot (Microsoft, Naming Files, Paths, and Namespaces). */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?= *(?:\.|$))/i

function portable(name: string): string {
  const taken = name.replaceAll(/[<>:"|?*]/g, '_').replace(/[. ]+$/, '')
  return taken
    .replace(device, '$&_')
    .replace(/^[. ]*(?=\.[^. ]*$)/, (before) => (before === '' ? '' : 'file'))
}

function split(name: string): { stem: string; extension: string } {
  const [extension = ''] = /(?<=.)\.[^.]{1,9}$/.exec(name) ?? []
  return { stem: name.slice(0, name.length - extension.length), extension }
}
