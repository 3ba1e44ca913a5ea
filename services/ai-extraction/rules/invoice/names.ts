import { plain } from '../../layout/plain-text.ts'
import { legalForm } from './words/party-words.ts'

/** A line with a postal code and a place, in the forms of Europe and the United States. */
export function isPostal(text: string): boolean {
  return (
    /(?:^|[\s,|•·])(?:[A-Z]{1,3}[- ])?\d{4,5}\s+\p{Lu}[\p{L}'’-]+/u.test(text) ||
    /\p{L} (?:NSW|VIC|QLD|SA|WA|TAS|NT|ACT)\s+\d{4}\b/u.test(text) ||
    /\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b/.test(text) ||
    /\b\d{4}\s?[A-Z]{2}\s+\p{L}{2,}/u.test(text) ||
    /\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b/.test(text) ||
    /\p{L}[,\s]\s*[A-Z]{2}\s+\d{5}(?:-\d{4})?\b/u.test(text) ||
    /\b\d{4}-\d{3}\s+\p{L}{2,}/u.test(text) ||
    /\p{L}[,\s]\s*[AC-FHKNPRTV-Y]\d[\dW]\s[\dAC-FHKNPRTV-Y]{4}\b/u.test(text)
  )
}

const label =
  /^(tel|telefon|telephone|phone|fax|mobile|mobil|e mail|email|mail|web|www|iban|bic|swift|vat|ust|ustid|tva|btw|kvk|siret|siren|nif|cif|p iva|partita iva|c f|cf|hrb|gln|page|seite|date|datum|company|company reg|reg|registration|attn|z hd|abteilung|zu handen|a l attention|t a v|c o|account|konto|compte|rekening)\b(?=$| \d| (?:no|nr|number|nummer|code|id|idnr|reg|numero|n)\b)/
const notName =
  /^(private|confidential|persoonlijk|vertraulich|personlich|z hd|zu handen|attn|t a v|a l attention|c o)\b|\b(capital|rcs|registre|handelsregister|geschaftsfuhrer|geschaftsfuhrung|registered|siege social|amtsgericht|sede legale|total|subtotal|factuurnummer|rechnungsnummer|invoice number|hrb|iban|siret)\b/

const formWords = new Set(
  'gmbh co kg ag ltd limited inc llc llp plc sarl sas sa sl srl spa snc bv nv e k ohg ug mbh und and'.split(
    ' ',
  ),
)

/** Whether a text can be the name of a person or company: no address, number, label or greeting. */
export function canBeName(text: string): boolean {
  const bare = plain(text)
  const letters = bare.replaceAll(/[^\p{L}]/gu, '').length
  if (
    letters < 3 ||
    bare.split(' ').every((word) => formWords.has(word)) ||
    text.length > 70 ||
    notName.test(bare) ||
    label.test(bare) ||
    /^[^:]{1,25}:/.test(text) ||
    /@|www\.|https?:|[�☎✉]/.test(text)
  )
    return false
  if (
    /^(herr|herrn|frau|firma|mr|mrs|ms|monsieur|madame|sr|sra|dhr|mevr|de heer|mevrouw|signor|an|to|logo)$/.test(
      bare,
    ) ||
    text.trim().endsWith(':')
  )
    return false
  // A sentence is no name.
  if (/[.!?]$/.test(text) && text.split(' ').length > 3 && !legalForm.test(text)) return false
  return !isPostal(text) && !isStreet(text)
}

/**
 * The name among the lines of an address. Owners of a house are named by its street: what looks like one is the name where
 * it comes first and the street and the place follow.
 */
export function nameAmong<C extends { text: string }>(cells: readonly C[]): C | undefined {
  const [first, street, place] = cells
  const isOfHouse =
    first && street && place && isStreet(first.text) && isStreet(street.text) && isPostal(place.text)
  return isOfHouse && /^\p{Lu}\p{L}/u.test(first.text) && !first.text.includes(':')
    ? first
    : cells.find(({ text }) => canBeName(text))
}

const street =
  /\b(street|road|avenue|lane|drive|boulevard|blvd|suite|floor|square|court|rue|chemin|allee|impasse|quai|calle|avda|avenida|plaza|paseo|camino|via|viale|piazza|corso|rua|po box|postfach|weg|platz|gasse|straat|laan|plein|gracht|strasse|str)\b|\p{L}(strasse|str|weg|platz|gasse|allee|ring|damm|ufer|straat|laan|weg|plein|kade|gracht|singel|dreef|steeg)\b/u

/** A name of a street or place without a number, as `Dock Road`. */
export function isPlace(text: string): boolean {
  const bare = plain(text)
  return (
    (street.test(bare) ||
      /\b(yard|wharf|park|estate|house|place|way|court|mill|centre|center|terrace|gardens|hill|close|crescent|row|quay|unit|dock|industrial|business|esplanade|market|mall)$/.test(
        bare,
      )) &&
    !legalForm.test(text)
  )
}

/** A street with its number. */
export function isStreet(text: string): boolean {
  const bare = plain(text)
  return (
    /\d/.test(bare) &&
    (street.test(bare) ||
      /^\d{1,5} \p{L}/u.test(bare) ||
      (/^\p{L}[\p{L} ]+ \d{1,4} ?\p{L}?$/u.test(bare) && !/\b(gmbh|ltd|inc|llc|bv|srl|sl|sas)\b/.test(bare)))
  )
}
