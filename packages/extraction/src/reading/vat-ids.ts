import * as at from 'stdnum/lib/cjs/at/uid.js'
import * as be from 'stdnum/lib/cjs/be/vat.js'
import * as bg from 'stdnum/lib/cjs/bg/vat.js'
import * as ch from 'stdnum/lib/cjs/ch/uid.js'
import * as cy from 'stdnum/lib/cjs/cy/vat.js'
import * as cz from 'stdnum/lib/cjs/cz/dic.js'
import * as de from 'stdnum/lib/cjs/de/vat.js'
import * as dk from 'stdnum/lib/cjs/dk/cvr.js'
import * as ee from 'stdnum/lib/cjs/ee/kmkr.js'
import * as es from 'stdnum/lib/cjs/es/nif.js'
import * as fi from 'stdnum/lib/cjs/fi/alv.js'
import * as fr from 'stdnum/lib/cjs/fr/tva.js'
import * as gb from 'stdnum/lib/cjs/gb/vat.js'
import * as gr from 'stdnum/lib/cjs/gr/vat.js'
import * as hr from 'stdnum/lib/cjs/hr/oib.js'
import * as hu from 'stdnum/lib/cjs/hu/anum.js'
import * as ie from 'stdnum/lib/cjs/ie/vat.js'
import * as it from 'stdnum/lib/cjs/it/iva.js'
import * as lt from 'stdnum/lib/cjs/lt/pvm.js'
import * as lu from 'stdnum/lib/cjs/lu/tva.js'
import * as lv from 'stdnum/lib/cjs/lv/pvn.js'
import * as mt from 'stdnum/lib/cjs/mt/vat.js'
import * as nl from 'stdnum/lib/cjs/nl/btw.js'
import * as no from 'stdnum/lib/cjs/no/mva.js'
import * as pl from 'stdnum/lib/cjs/pl/nip.js'
import * as pt from 'stdnum/lib/cjs/pt/nif.js'
import * as ro from 'stdnum/lib/cjs/ro/cui.js'
import * as se from 'stdnum/lib/cjs/se/vat.js'
import * as si from 'stdnum/lib/cjs/si/ddv.js'
import * as sk from 'stdnum/lib/cjs/sk/dph.js'

type Validator = { validate: (value: string) => { isValid: boolean } }
/** What of a number has to be right, by the prefix that VAT ids have: digits and letters behind it, and its check digits. */
const countries: Record<string, { shape: RegExp; validator: Validator }> = {
  AT: { shape: /^U\d{8}$/, validator: at },
  BE: { shape: /^[01]\d{9}$/, validator: be },
  BG: { shape: /^\d{9,10}$/, validator: bg },
  CHE: { shape: /^\d{9}(MWST|TVA|IVA|HR|VAT)?$/, validator: ch },
  CY: { shape: /^\d{8}[A-Z]$/, validator: cy },
  CZ: { shape: /^\d{8,10}$/, validator: cz },
  DE: { shape: /^\d{9}$/, validator: de },
  DK: { shape: /^\d{8}$/, validator: dk },
  EE: { shape: /^\d{9}$/, validator: ee },
  EL: { shape: /^\d{9}$/, validator: gr },
  ES: { shape: /^[A-Z0-9]\d{7}[A-Z0-9]$/, validator: es },
  FI: { shape: /^\d{8}$/, validator: fi },
  FR: { shape: /^[A-Z0-9]{2}\d{9}$/, validator: fr },
  GB: { shape: /^(\d{9}(\d{3})?|(GD|HA)\d{3})$/, validator: gb },
  HR: { shape: /^\d{11}$/, validator: hr },
  HU: { shape: /^\d{8}$/, validator: hu },
  IE: { shape: /^\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/, validator: ie },
  IT: { shape: /^\d{11}$/, validator: it },
  LT: { shape: /^(\d{9}|\d{12})$/, validator: lt },
  LU: { shape: /^\d{8}$/, validator: lu },
  LV: { shape: /^\d{11}$/, validator: lv },
  MT: { shape: /^\d{8}$/, validator: mt },
  NL: { shape: /^\d{9}B\d{2}$/, validator: nl },
  NO: { shape: /^\d{9}(MVA)?$/, validator: no },
  PL: { shape: /^\d{10}$/, validator: pl },
  PT: { shape: /^\d{9}$/, validator: pt },
  RO: { shape: /^\d{2,10}$/, validator: ro },
  SE: { shape: /^\d{12}$/, validator: se },
  SI: { shape: /^\d{8}$/, validator: si },
  SK: { shape: /^\d{10}$/, validator: sk },
  XI: { shape: /^(\d{9}(\d{3})?|(GD|HA)\d{3})$/, validator: gb },
}
/** Prefixes that their check digits are computed without. */
const withoutPrefix = new Set(['XI'])

/** A VAT id without spaces, dots and hyphens. */
export type VatId = {
  id: string
  /** As in the id: EL for Greece, CHE for Switzerland. */
  prefix: string
  /** Whether its check digits are right. */
  valid: boolean
}

/**
 * Reads a VAT id of the EU, Northern Ireland, the United Kingdom, Norway or Switzerland, which starts with its country.
 * @returns undefined for what does not have the shape of one
 */
export function vatIdOf(text: string): VatId | undefined {
  const id = text.replaceAll(/[\s.\-/]/g, '').toUpperCase()
  if (id.length > 16) return undefined
  const prefix = id.startsWith('CHE') ? 'CHE' : id.slice(0, 2)
  const country = countries[prefix]
  const number = id.slice(prefix.length)
  if (!country?.shape.test(number)) return undefined
  // The Swiss number is the same whatever language its register is named in.
  const checked = prefix === 'CHE' ? `CHE${number.slice(0, 9)}` : withoutPrefix.has(prefix) ? number : id
  return { id, prefix, valid: country.validator.validate(checked).isValid }
}

/** The prefix by ISO 3166-1: GR for EL, CH for CHE. */
export function countryOfVatId({ prefix }: VatId): string {
  const others: Record<string, string> = { EL: 'GR', CHE: 'CH', XI: 'GB' }
  return others[prefix] ?? prefix
}

/** The prefixes that are known. */
export const vatIdPrefixes = Object.keys(countries)
