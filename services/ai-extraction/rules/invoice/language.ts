import type { Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'

const words: Record<string, string> = {
  en: 'invoice the of and to date due amount total tax description quantity price please number payment from bill for thank you subtotal net',
  de: 'rechnung der die und das betrag datum menge bezeichnung preis gesamt netto mwst zahlung nummer bitte von mit kunde steuer summe brutto wir ihre',
  fr: 'facture le la de et du les montant quantite prix tva designation total ht ttc date client paiement numero echeance adresse des par nous',
  es: 'factura el la de y los importe cantidad precio iva descripcion total fecha cliente pago numero vencimiento base imponible direccion por nif',
  nl: 'factuur de het en van bedrag aantal prijs btw omschrijving totaal datum klant betaling nummer vervaldatum excl incl wij uw voor iban kvk',
  it: 'fattura il la di e del importo quantita prezzo iva descrizione totale data cliente pagamento numero scadenza imponibile indirizzo partita spett per',
  pt: 'fatura o a de e do valor quantidade preco iva descricao total data cliente pagamento numero vencimento contribuinte morada',
}
const lists = Object.entries(words).map(([language, list]) => [language, new Set(list.split(' '))] as const)

/** The language of a document by its commonest words, of those that the labels are known in. */
export function languageOf(layout: Layout): string {
  const said = layout.lines.slice(0, 600).flatMap((line) => plain(line.text).split(' '))
  const counts = lists.map(([language, list]) => ({
    language,
    count: said.filter((word) => list.has(word)).length,
  }))
  return counts.toSorted((a, b) => b.count - a.count)[0]?.language ?? 'en'
}
