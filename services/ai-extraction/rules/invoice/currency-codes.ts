import { isCurrency } from '@pdf-smaller/extraction'

/** Codes of currencies that are words, units or names as well where everything is set in capitals. */
const words = new Set('ALL BOB COP CUP DEM ERN ESP GEL KGS LAK MOP PEN PTE SOS TOP'.split(' '))

/** Whether three letters are a currency, and nothing else. */
export const isCurrencyCode = (text: string) =>
  /^[A-Z]{3}$/.test(text) && isCurrency(text) && !words.has(text)
