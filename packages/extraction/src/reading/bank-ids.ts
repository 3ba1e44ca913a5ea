import { countrySpecs, isValidBIC, isValidIBAN } from 'ibantools'

/** An IBAN in a text, from `start` to before `end`. */
export type PrintedIban = {
  start: number
  end: number
  raw: string
  /** Without spaces. */
  iban: string
  /** Whether its length is that of its country, its parts have their shape and its check digits are right (mod 97). */
  valid: boolean
}

const candidate = /(?<![A-Z0-9])[A-Z]{2} ?\d{2}(?:[ .-]?[A-Z0-9]){8,30}/g

/** IBANs in a line of text, grouped by spaces or not; also those with wrong check digits. */
export function findIbans(text: string): PrintedIban[] {
  return [...text.slice(0, 2000).matchAll(candidate)].flatMap((match) => {
    const length = countrySpecs[match[0].slice(0, 2)]?.chars
    if (!length) return []
    const raw = beginning(match[0], length)
    if (raw === undefined || /^[A-Z0-9]/.test(match[0].slice(raw.length))) return []
    const iban = raw.replaceAll(/[^A-Z0-9]/g, '')
    return [{ start: match.index, end: match.index + raw.length, raw, iban, valid: isValidIBAN(iban) }]
  })
}

/** As much of a text as has so many letters and digits. */
function beginning(text: string, length: number): string | undefined {
  let count = 0
  for (const { index } of text.matchAll(/[A-Z0-9]/g)) {
    count++
    if (count === length) return text.slice(0, index + 1)
  }
  return undefined
}

export function isIban(text: string): boolean {
  return isValidIBAN(text.replaceAll(/[\s.-]/g, '').toUpperCase())
}

/** Whether a text has the shape of a BIC (ISO 9362): bank, country, place, maybe branch. It has no check digits. */
export function isBic(text: string): boolean {
  return isValidBIC(text.trim())
}

/**
 * Whether a SEPA creditor identifier is valid: check digits as an IBAN's, without the business code in positions 5 to 7
 * (EPC262-08).
 */
export function isCreditorId(text: string): boolean {
  const id = text.replaceAll(/\s/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}$/.test(id)) return false
  const moved = id.slice(7) + id.slice(0, 4)
  const digits = moved.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(digits) % 97n === 1n
}
