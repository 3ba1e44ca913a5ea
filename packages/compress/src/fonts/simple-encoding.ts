import { type Dictionary, isDictionary, type PdfObjects } from '@pdf-smaller/pdf'

/** Whether the codes of a simple font are those of an encoding that PDF names, but for those that it tells otherwise (ISO 32000-1, 9.6.6). */
export function isEncodedAs(name: string, font: Dictionary, objects: PdfObjects): boolean {
  const encoding = objects.resolve(font['/Encoding'])
  return [encoding, objects.dictionary(encoding)['/BaseEncoding']].includes(name)
}

/** The names that the encoding of a simple font tells of its codes (ISO 32000-1, table 114: Differences). */
export function differencesOf(font: Dictionary, objects: PdfObjects): Map<number, string> {
  const encoding = objects.resolve(font['/Encoding'])
  const names = new Map<number, string>()
  let code = 0
  for (const each of objects.array(isDictionary(encoding) ? encoding['/Differences'] : undefined)) {
    const own = objects.resolve(each)
    if (typeof own === 'number') code = own
    else if (typeof own === 'string') names.set(code++, own.slice(1))
  }
  return names
}
