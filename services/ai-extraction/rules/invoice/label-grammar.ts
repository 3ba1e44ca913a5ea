import { plain } from '../../layout/plain-text.ts'
import type { TotalsField } from './words/totals-words.ts'

const set = (text: string) => new Set(text.split(' '))
const totals = set(
  'total totals totale totaal summe gesamt gesamtbetrag gesamtsumme gesamtpreis betrag montant importe importo bedrag amount value wert somme suma sum rechnungsbetrag rechnungssumme factuurbedrag totaalbedrag subtotal subtotaal subtotale zwischensumme zwischentotal sous tussentotaal valor summa invoice rechnung facture factura fattura factuur document documento preis price prix prijs goods waren',
)
const without = set(
  'excl excluding exclusive exkl exklusive exclusief ex ohne without before net netto nett neto nette netta hors ht senza sin sem zonder esclusa imponibile iliquido liquido vor netta w o',
)
const including = set(
  'incl including inclusive inkl inklusive inclusief inc with mit gross brutto bruto brut lordo ttc tvac compris comprise comprises con com inclusa incluido incluida ivato met',
)
const taxes = set(
  'vat tax taxes gst mwst ust umsatzsteuer mehrwertsteuer tva taxe iva btw omzetbelasting steuer steuern impuestos imposta imposte impuesto',
)
const fillers = set(
  'of the de des du la le les der die das di del della van het de en et und and y e in eur euro euros usd gbp chf sek dkk nok pln chf toutes taxes h t c a t st mw gesetzl gesetzlicher gesetzliche zzgl plus cur',
)

/**
 * What a label of sums means that no list holds, where all its words are known: a total without tax is the
 * net, with it the gross; tax alone is tax. Null where it says anything else.
 */
export function meaningOfLabel(text: string): TotalsField | null {
  const words = plain(text)
    .split(' ')
    .filter((word) => word !== '' && !/^\d+$/.test(word))
  if (words.length === 0 || words.length > 8) return null
  const has = (list: ReadonlySet<string>) => words.some((word) => list.has(word))
  const known = words.every((word) =>
    [totals, without, including, taxes, fillers].some((list) => list.has(word)),
  )
  if (!known) return null
  if (has(without) && (has(totals) || has(taxes)) && !has(including)) return 'net'
  if (has(including) && has(totals) && !has(without)) return 'gross'
  return has(taxes) && !has(without) && !has(including) ? 'tax' : null
}
