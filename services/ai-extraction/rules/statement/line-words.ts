/** Words that say what a line of figures is about, in seven languages: small letters, no accents. */

/** Money that came in. */
export const creditWords = set(
  'zahlungseingange zahlungseingang geldeingange geldeingang gutgeschrieben deposits deposit additions credits credit receipts in received paid_in gutschriften gutschrift eingange eingang einnahmen einnahme haben zugange habenumsatze ' +
    'versements versement entrees recus recu credits remises encaissements abonos abono ingresos ingreso haber entradas recibidas recibidos bij bijschrijvingen bijschrijving bijgeschreven ontvangen ' +
    'ontvangsten inkomsten avere accrediti accredito entrate entrata creditos credito crediteur refunds income crediti bijboekingen',
)
/** Money that went out. */
export const debitWords = set(
  'zahlungsausgange zahlungsausgang geldausgange geldausgang belastet withdrawals withdrawal debits debit subtractions checks check cheques paid purchases purchase charges charge fees fee out spent paid_out belastungen belastung ausgange ausgang ausgaben ausgabe soll ' +
    'abgange lastschriften lastschrift sollumsatze kartenzahlungen uberweisungen dauerauftrage auszahlungen retraits retrait sorties depenses prelevements emis debits achats frais cheque cargos cargo adeudos ' +
    'retiros debe gastos salidas recibos compras comisiones af afschrijvingen afschrijving afgeschreven uitgaven incasso dare addebiti addebito uscite uscita prelievi commissioni spese debitos debito saidas ' +
    'levantamentos atm advances debiteur afboekingen debiti betaald debet',
)
/** Words that may stand beside those without saying which. */
export const fillers = set(
  'reporter report reporte carried brought forward ubertrag riporto riportare reportar transporte transportar overbrengen page pagina seite page_total zwischensumme ' +
    'total totals totaux totale totali totale_der gesamt summe subtotal sum and other your all the of for this period account transactions transaction activity electronic payments payment and_other card cards transfers transfer ' +
    'online branch bank service interest summary details continued customer by from to into via cash bill history direct debits_and und sonstige ihre der des dieser die alle monat zahlungen uberweisung et autres vos ' +
    'operations mouvements des du de la le les par carte bancaire virements virement cheques_et en y otros sus pagos tarjeta transferencias movimientos operaciones del los las el en overige uw alle betalingen totaal ' +
    'overboekingen e ed altri altre movimenti operazioni bonifici pagamenti totais outros outras movimentos no na period_to_date number count amount posted made automated regular ' +
    'balance_of month monthly statement misc miscellaneous adjustments adjusted visa debit_card mobile pos sepa eur gbp usd chf euro a + am vom bis posten anzahl betrag',
)
const balance = 'balance|bal|balances|saldo|saldi|solde|soldes|kontostand|saldos|stand|guthaben|rekeningsaldo'
/** A line with such a word may be a balance. */
export const balanceWord = new RegExp(`(^| )(${balance})( |$)|saldo(?![ns])|kontostand|saldovortrag`)
export const openingPhrase = new RegExp(
  '(^| )(' +
    [
      '(opening|beginning|starting|start|previous|prior|old|initial|last|your opening|your previous)( \\w+)?( statement)? balance',
      'balance (at|at the) (start|beginning)',
      '(alter|letzter|vorheriger|bisheriger|anfangs) ?(kontostand|saldo|stand)( \\w+)?',
      '(anfangs|start|eroffnungs|vor|ausgangs|vormonats)(saldo|bestand|kontostand)|saldo ?vortrag|vortrag|kontostand alt|saldo alt',
      '(ancien|precedent|dernier) solde|solde (precedent|initial|anterieur|ancien|de depart|de debut|d ouverture|en debut)',
      'saldo (anterior|inicial|de apertura|previo|de inicio)|(anterior|ultimo) saldo',
      '(vorig|oud|begin|openings|start) ?saldo|saldo (vorig|begin|oud)',
      'saldo (iniziale|precedente|di apertura|di partenza|anteriore|contabile iniziale)',
    ].join('|') +
    ')( |$)',
)
export const closingPhrase = new RegExp(
  '(^| )(' +
    [
      '(closing|ending|end|new|final|current|statement|present)( \\w+)? balance|balance (at|at the) (end|close)|(new|final) balance',
      '(neuer|aktueller|momentaner|abschliessender) ?(kontostand|saldo|stand)( \\w+)?|(end|schluss|abschluss)(saldo|bestand|kontostand)|kontostand neu|saldo neu|kontoabschluss saldo',
      '(nouveau|actuel) solde|solde (nouveau|final|actuel|de cloture|de fin|en fin|en cloture)',
      'saldo (final|actual|de cierre|a su favor|a nuestro favor|nuevo)|nuevo saldo',
      '(nieuw|eind|slot|huidig|sluit) ?saldo|saldo (nieuw|eind)',
      'saldo (finale|attuale|di chiusura|contabile finale|nuovo)|nuovo saldo',
      'saldo (atual|contabilistico final|de fecho)',
    ].join('|') +
    ')( |$)',
)
/** What a page ends with and the next begins with. */
export const carryPhrase = new RegExp(
  '^(' +
    [
      '(balance |balance c|balance b|bal |total |amount |sub ?total )?(carried|brought)( over)?( forward| fwd| down)?( .{0,24})?',
      'balance (forward|fwd|b f|c f)|b f|c f|sub ?total.{0,10}|balance (from|to) (previous|next) (page|sheet)',
      '(saldo ?)?(ubertrag|uebertrag)( .{0,30})?|zwischensaldo( .{0,20})?|zwischensumme( .{0,20})?|seitensaldo',
      '(solde )?(report|a reporter|reporte|a reporter en page suivante)( .{0,24})?|sous total( .{0,20})?|total page.*',
      'suma y sigue( .{0,20})?|suma anterior|saldo (que pasa|que viene|arrastrado|de la hoja anterior)( .{0,20})?',
      '(saldo )?(riporto|a riportare|da riportare|riportato)( .{0,24})?',
      '(saldo )?(transport|over te brengen|overgebracht|transporteren|naar volgende|van vorige)( .{0,24})?',
      '(saldo )?(a transportar|transporte|transportado)( .{0,24})?',
    ].join('|') +
    ')$',
)
/** Tables of balances by day, which are no transactions. */
export const dailyBalancePhrase =
  /(daily|ending daily|end of day)( \w+)? (ending )?(ledger )?balances?|balances? by (day|date)|tagess?aldo|tagessalden|tagesendsalden|soldes? (journaliers?|quotidiens?|par jour)|saldos? (diarios?|por dia)|dagsald(o|i)|saldi (giornalieri|per (valuta|data))/
export const totalWord =
  /(^| )(totals?|totaux|totale|totales|totali|totaal|total|gesamt|gesamtbetrag|summe|summen|sumas?|soma|totais|somme|gesamtsumme|umsatze|gesamtumsatze?)( |$)|gesamt\w+/

/** Here `paid` says nothing of the side, and what follows it does. */
export const inPhrase = /(^| )(paid|money|payments?|cash|funds|transfers?) in( |$)/
export const outPhrase = /(^| )(paid|money|payments?|cash|funds|transfers?) out( |$)/
/** What stands for all of one side, as over a column, and not for one kind of transactions. */
export const wholeSide = new RegExp(
  '^(' +
    [
      '(your )?(paid|money|payments|cash|funds) (in|out)|credits?|debits?',
      'haben|soll|gutschriften|belastungen|(zahlungs|geld)?(eingange|ausgange)|einnahmen|ausgaben',
      'entrees|sorties|abonos|cargos|haber|debe|entradas|salidas|saidas|creditos|debitos',
      'bij|af|bijschrijvingen|afschrijvingen|bijgeschreven|afgeschreven|entrate|uscite|avere|dare|accrediti|addebiti',
    ].join('|') +
    ')$',
)

function set(list: string): ReadonlySet<string> {
  return new Set(list.split(' ').filter((word) => !word.includes('_')))
}
