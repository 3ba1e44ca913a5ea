import type { DocumentType } from '@pdf-smaller/contracts/extraction'

/**
 * What a document calls itself in its title, as `plain` makes it. Longer names win, so that an invoice
 * named in the title of a reminder or of a pro-forma makes it none.
 */
const lists: readonly (readonly [DocumentType | 'account-statement' | 'report', string])[] = [
  [
    'invoice',
    `invoice|tax invoice|vat invoice|sales invoice|commercial invoice|service invoice|final invoice|bill|invoice statement|invoice receipt|utility bill|monthly invoice|customer invoice|simplified invoice|recurring invoice|invoice copy|copy invoice|progress invoice|proforma no
    |rechnung|handelsrechnung|warenrechnung|schlussrechnung|teilrechnung|sammelrechnung|monatsrechnung|endrechnung|faktura|honorarrechnung|jahresrechnung|einzelrechnung|honorarnote|rechnungskopie|rechnung kopie|dienstleistungsrechnung|lieferrechnung|reparaturrechnung|werkstattrechnung|ausgangsrechnung|originalrechnung|kostenrechnung|verbrauchsabrechnung|kostennote|leistungsabrechnung|telefonrechnung|stromrechnung|rechnung lieferschein|e rechnung|dauerrechnung
    |facture|facture de vente|note d honoraires|facture de solde|facture definitive|facture finale|facture de situation|facture client|duplicata facture|facture recapitulative|facture acquittee
    |factura|factura de venta|factura simplificada|factura ordinaria|factura comercial|factura completa|factura electronica|factura de servicios|factura final
    |fattura|fattura immediata|fattura differita|fattura accompagnatoria|fattura di vendita|parcella|fattura elettronica|fattura di cortesia|fattura commerciale|fattura a saldo|copia di cortesia
    |factuur|verkoopfactuur|eindfactuur|verzamelfactuur|termijnfactuur|kopie factuur|btw factuur|factuur kopie|handelsfactuur
    |fatura|fatura recibo|faktura vat`,
  ],
  [
    'credit-note',
    `credit note|credit memo|credit invoice|tax credit note|credit memorandum|credit|refund note|sales credit note|vat credit note|adjustment note
    |gutschrift|stornorechnung|rechnungsgutschrift|storno|gutschriftsanzeige|kaufmannische gutschrift|stornogutschrift|storno rechnung|stornierung|stornobeleg
    |avoir|facture d avoir|note de credit|facture avoir|note d avoir
    |abono|nota de credito|factura de abono|nota de abono|factura rectificativa de abono
    |nota di credito|nota di accredito|nota credito|nota di variazione
    |creditnota|creditfactuur|credit nota|kredietnota|credit factuur|nota de credito pt`,
  ],
  [
    'corrected-invoice',
    `corrected invoice|invoice correction|amended invoice|revised invoice|replacement invoice|rechnungskorrektur|korrekturrechnung|berichtigte rechnung|rechnungsberichtigung|facture rectificative|facture corrective|factura rectificativa|fattura rettificativa|correctiefactuur|gecorrigeerde factuur|corrective invoice`,
  ],
  [
    'self-billed-invoice',
    `self billed invoice|self billing invoice|self bill|selbst ausgestellte rechnung|gutschrift selbst ausgestellte rechnung|abrechnungsgutschrift|gutschrift nach 14 ustg|autofacturation|facture autofacturation|auto facture|autofactura|autofattura|self billing|selfbilling|zelf uitgereikte factuur|factuur uitgereikt door afnemer|gutschriftverfahren|factura emitida por el destinatario|self billed tax invoice`,
  ],
  [
    'prepayment-invoice',
    `prepayment invoice|advance invoice|deposit invoice|down payment invoice|prepayment request|anzahlungsrechnung|abschlagsrechnung|vorauszahlungsrechnung|vorausrechnung|facture d acompte|factura de anticipo|fattura di acconto|voorschotfactuur|aanbetalingsfactuur|fattura d acconto|a conto rechnung|akontorechnung`,
  ],
  [
    'pro-forma-invoice',
    `pro forma invoice|proforma invoice|pro forma|proforma|proforma rechnung|proformarechnung|pro forma rechnung|facture proforma|facture pro forma|factura proforma|factura pro forma|fattura proforma|fattura pro forma|proformafactuur|pro forma factuur|proforma factuur|fatura proforma`,
  ],
  [
    'debit-note',
    `debit note|lastschriftanzeige|belastungsanzeige|note de debit|nota de debito|nota di debito|debetnota|debit memo|nota de cargo`,
  ],
  [
    'order',
    `purchase order|order|bestellung|bon de commande|commande|pedido|orden de compra|pedido de compra|ordine|ordine di acquisto|ordine d acquisto|bestelling|inkooporder|work order|auftrag|einkaufsbestellung|bestellschein|encomenda|hoja de pedido|bestelbon|sales order|nota de encomenda`,
  ],
  [
    'order-confirmation',
    `order confirmation|order acknowledgement|order acknowledgment|sales order confirmation|auftragsbestatigung|bestellbestatigung|confirmation de commande|accuse de reception de commande|confirmacion de pedido|conferma d ordine|conferma ordine|orderbevestiging|opdrachtbevestiging|booking confirmation|buchungsbestatigung|acknowledgement of order|conferma dell ordine`,
  ],
  [
    'quotation',
    `quotation|quote|estimate|offer|proposal|preliminary estimate|cost estimate|bid|sales quote|price quote|job estimate|angebot|kostenvoranschlag|offerte|preisangebot|kostenschatzung|devis|offre|offre de prix|proposition commerciale|devis estimatif|presupuesto|oferta|cotizacion|preventivo|offerta|preventivo di spesa|prijsopgave|kostenraming|orcamento|repair estimate|sales quotation|estimado|formal quotation`,
  ],
  [
    'delivery-note',
    `delivery note|packing slip|packing list|delivery slip|dispatch note|goods received note|bill of lading|waybill|consignment note|delivery docket|proof of delivery|lieferschein|packschein|warenbegleitschein|packzettel|frachtbrief|bon de livraison|bordereau de livraison|liste de colisage|lettre de voiture|albaran|albaran de entrega|nota de entrega|documento di trasporto|ddt|bolla di consegna|bolla|pakbon|leveringsbon|afleverbon|vrachtbrief|guia de remessa|bolla di accompagnamento|delivery ticket|leverbon`,
  ],
  [
    'receipt',
    `receipt|sales receipt|payment receipt|cash receipt|official receipt|till receipt|receipt of payment|payment confirmation|transaction receipt|deposit receipt|quittung|kassenbon|kassenbeleg|zahlungsbestatigung|beleg|bon|kassenzettel|zahlungsbeleg|recu|ticket de caisse|recu de paiement|quittance|ticket|recibo|ticket de compra|recibo de pago|justificante de pago|ricevuta|scontrino|ricevuta di pagamento|scontrino fiscale|ricevuta fiscale|kassabon|betalingsbewijs|bonnetje|ontvangstbewijs|kwitantie|betaalbewijs|donation receipt|comprobante de pago|talao|spendenquittung|kassabeleg`,
  ],
  [
    'reminder',
    `reminder|payment reminder|overdue notice|past due notice|final notice|final reminder|final demand|demand for payment|late payment notice|dunning letter|invoice reminder|second reminder|first reminder|overdue invoice|overdue payment|mahnung|zahlungserinnerung|letzte mahnung|1 mahnung|2 mahnung|3 mahnung|erste mahnung|zweite mahnung|mahnschreiben|erinnerung|zahlungsaufforderung|rappel|lettre de relance|relance|mise en demeure|rappel de paiement|relance de facture|facture impayee|relance facture|recordatorio de pago|recordatorio|reclamacion de pago|aviso de pago|requerimiento de pago|sollecito|sollecito di pagamento|avviso di pagamento|promemoria di pagamento|diffida|betalingsherinnering|herinnering|aanmaning|laatste aanmaning|ingebrekestelling|lembrete de pagamento|rappel facture|segundo aviso|ultimo aviso`,
  ],
  [
    'remittance-advice',
    `remittance advice|payment advice|remittance|zahlungsavis|avis de paiement|aviso de transferencia|avviso di bonifico|betaaladvies|remittance slip|avis de virement|betalingsadvies|notice of payment`,
  ],
  [
    'contract',
    `contract|agreement|service agreement|terms and conditions|vertrag|dienstleistungsvertrag|contrat|contrato|contratto|overeenkomst|lease agreement|mietvertrag|general terms and conditions|allgemeine geschaftsbedingungen|rahmenvertrag|kaufvertrag`,
  ],
  [
    'bank-statement',
    `bank statement|statement of account|account statement|kontoauszug|releve de compte|releve bancaire|extracto bancario|extracto de cuenta|extracto de movimientos|estratto conto|rekeningafschrift|rekeningoverzicht|bankafschrift|extrato bancario|extrato de conta|checking account statement|credit card statement|kreditkartenabrechnung|finanzstatus|statement of accounts|current account statement|transaction history`,
  ],
  [
    'account-statement',
    `customer statement|statement|monthly statement|open items|account summary|statement of open invoices|outstanding invoices|aged debtors|offene posten|offene posten liste|saldenbestatigung|kundenkontoauszug|releve de factures|releve client|etat de compte|extrait de compte|releve|extracto de cliente|estado de cuenta|estado de cuentas|situazione contabile|estratto conto cliente|partite aperte|openstaande posten|openstaande facturen|debiteurenoverzicht|invoice list|list of invoices|rechnungsliste|rechnungsubersicht|liste des factures|invoice register|klantoverzicht|listado de facturas|elenco fatture|factuuroverzicht|kontoubersicht|offene rechnungen|statement of outstanding invoices|vat return|umsatzsteuervoranmeldung|aging report|facturas pendientes|fatture aperte|releve de compte client`,
  ],
  [
    'report',
    `report|annual report|quarterly report|sales report|financial report|expense report|expense claim|timesheet|time sheet|price list|catalogue|payslip|pay slip|payroll|balance sheet|income statement|profit and loss|bericht|geschaftsbericht|jahresbericht|lagebericht|spesenabrechnung|reisekostenabrechnung|preisliste|stundenzettel|gehaltsabrechnung|lohnabrechnung|rapport|rapport annuel|note de frais|tarif|bulletin de paie|bilan|informe|informe anual|nomina|lista de precios|gastos de viaje|hoja de gastos|relazione|bilancio|rapporto|busta paga|listino prezzi|nota spese|verslag|jaarverslag|loonstrook|salarisstrook|prijslijst|declaratie|kostenabrechnung|nebenkostenabrechnung|summary report|tax return|project status report|statusbericht|bilanz|gewinn und verlustrechnung|umsatzbericht|monatsbericht|inventory|inventur|stock list|compte rendu|cash flow statement`,
  ],
  ['letter', `dear sir or madam|sehr geehrte damen und herren`],
]

export type TitleType = (typeof lists)[number][0]

/** Each name with what it makes of a document. */
export const typeNames: ReadonlyMap<string, TitleType> = new Map(
  lists.flatMap(([type, list]) => list.split('|').map((name) => [name.trim(), type] as const)),
)

/** What the contract calls a type: statements of account and reports have no name of their own there. */
export const documentTypeOf = (type: TitleType): DocumentType =>
  type === 'account-statement' || type === 'report' ? 'unknown' : type
