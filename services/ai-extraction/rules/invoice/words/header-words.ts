import type { Lexicon } from '../lexicon.ts'

/**
 * What stands before the fields of an invoice's head, in English, German, French, Spanish, Dutch,
 * Italian and Portuguese. Small letters without accents or blanks between abbreviations matter:
 * see {@link lexicon}. Words of a second list say the same less clearly.
 */
export const headerWords = {
  invoiceNumber: [
    `invoice number|numero doc|n doc|num doc|doc n|invoice no|invoice nr|invoice num|invoice id|invoice ref|invoice reference|inv no|inv number|inv
    |tax invoice no|tax invoice number|vat invoice no|vat invoice number|bill number|bill no|document number|document no|doc no
    |credit note number|credit note no|credit memo number|credit memo no|credit memo|credit no|pro forma number|pro forma no|proforma no
    |proforma number|proforma invoice no|invoice serial number|statement invoice no|debit note no|number of invoice|our invoice no
    |rechnungsnummer|rechnungsnr|rechnung nr|rechnung nummer|rechnungs nr|rechnungs nummer|rechn nr|re nr|rg nr|rgnr|renr|belegnummer|beleg nr
    |gutschriftsnummer|gutschriftnummer|gutschrift nr|gutschriftsnr|gutschrifts nr|stornorechnung nr|rechnungskorrektur nr|proforma nr
    |proformarechnung nr|fakturanummer|faktura nr|schlussrechnung nr|abschlagsrechnung nr|teilrechnung nr|dokumentnummer|rechnungs id
    |facture no|facture n|numero de facture|no de facture|n facture|no facture|facture numero|numero facture|num facture|ref facture
    |reference facture|avoir no|numero d avoir|no d avoir|no avoir|avoir numero|numero de l avoir|numero de piece|no de piece|no piece
    |facture proforma no|numero de la facture|facture d avoir no|reference de la facture
    |factura no|factura n|numero de factura|no de factura|no factura|num factura|factura numero|numero factura|no fra|fra no|id de factura
    |num de factura|factura num|numero de abono|abono no|factura rectificativa no|factura proforma no|numero de documento|serie y numero
    |fattura no|fattura n|fattura nr|fattura numero|numero fattura|n fattura|nr fattura|no fattura|num fattura|numero documento|n documento|documento n
    |documento no|nr documento|nota di credito n|nota di credito no|nota credito n|numero nota di credito|numero della fattura|fattura num
    |factuurnummer|factuur nr|factuurnr|factuur nummer|nummer factuur|factuur no|creditnota nummer|creditnotanummer|creditfactuurnummer
    |creditnota nr|factuurnummer nr|documentnummer
    |fatura no|fatura n|numero da fatura|numero fatura|fatura numero|nota de credito no|numero do documento|numero de fatura`,
    `number|no|nr|nummer|numero|num|reference|ref|document|factura|facture|fattura|factuur|fatura|invoice|beleg|rechnung`,
  ],
  precedingInvoice: [
    `original invoice|original invoice no|original invoice number|ref invoice|related invoice|credited invoice|against invoice
    |refers to invoice|reference invoice|invoice credited|corrects invoice|applies to invoice|in respect of invoice|invoice being credited
    |ursprungsbeleg nr|ursprungsrechnung|ursprungliche rechnung|originalrechnung|bezug rechnung|zu rechnung|zur rechnung|korrektur zu
    |gutschrift zu rechnung|zu rechnung nr|zu rechnungsnummer|bezugsrechnung|rechnungsbezug|urspr rechnung|zur rechnung nr|bezug
    |facture associee|no de facture associee|facture liee|facture d origine|facture initiale|avoir sur facture|sur facture no|ref facture origine
    |factura original|factura rectificada|rectifica a la factura|factura que rectifica|no factura rectificada|rectifica factura
    |fattura di riferimento|rif fattura|riferimento fattura|fattura originale|storno fattura|rif ft
    |oorspronkelijke factuur|originele factuur|betreft factuur|credit op factuur|ref factuur|fatura original`,
    ``,
  ],
  issueDate: [
    `invoice date|date of invoice|date of issue|issue date|issued|issued on|date issued|invoice issued|bill date|billing date|inv date
    |tax date|tax point|invoice tax date|date tax point|tax point date|dated|credit note date|credit date|document date|doc date|statement date
    |date of issuance|issuing date|invoice dated|bill issued|date of invoice issue
    |rechnungsdatum|rechnungs datum|belegdatum|beleg datum|ausstellungsdatum|datum der rechnung|rechnung vom|gutschriftsdatum
    |ausgestellt am|rechnungsdat|fakturadatum|datum rechnung|rg datum|re datum|rechnungsstellung|erstellt am|dokumentdatum|gutschrift vom
    |rechnungs dat
    |date de facture|date facture|date de la facture|date d emission|emise le|emis le|facture du|date de facturation|date de l avoir
    |date d avoir|date avoir|etablie le|date d etablissement|date de creation|date d edition|facture en date du|date emission
    |fecha de factura|fecha factura|fecha de emision|fecha de expedicion|fecha emision|fecha expedicion|fecha de la factura|emitida el
    |fecha de facturacion|fecha fra|fecha documento|fecha del documento
    |data fattura|data emissione|data di emissione|data documento|emessa il|data della fattura|fattura del|data doc|data nota di credito
    |factuurdatum|datum factuur|factuur datum|creditnotadatum|facturatiedatum|datum van factuur|datum van uitgifte
    |data da fatura|data de emissao|data fatura|data de emissao do documento|emitida em`,
    `date|datum|fecha|data|le|vom|del|du`,
  ],
  dueDate: [
    `due date|payment due|payment due by|due by|due on|pay by|payment due date|date due|due|please pay by|payment date due|invoice due|to be paid by
    |invoice due date|payable by|payment deadline|pay before|last payment date|terms due|payment is due by|payment is due on|is due on|is due by|settle by
    |payment expected by|due for payment by|due for payment on|payment required by|please settle by|amount due by
    |fallig am|faellig am|falligkeit|falligkeitsdatum|faelligkeit|faelligkeitsdatum|zahlbar bis|zahlbar bis zum|zahlung bis|zu zahlen bis|fallig bis|zahlungsziel
    |bis spatestens|bis zum|spatestens am|zahlungstermin|zahlungsfrist|fallig zum|fallig|falligkeitstermin|zahlbar spatestens am|netto bis|netto fallig|ohne abzug bis
    |zahlbar am|zahlbar netto bis|zahlungseingang bis|rein netto bis|zahlungsziel bis|zahlbar ohne abzug bis
    |date d echeance|echeance|a payer avant|a payer avant le|payable le|date limite de paiement|a regler avant le|a regler avant|paiement avant le
    |date echeance|echeance de paiement|payable avant le|echeance le|date de reglement|reglement le|a regler le|date limite|payable au plus tard le|a regler au plus tard le|echeance au
    |payable jusqu au|echeance du|reglement avant le|paiement attendu le
    |fecha de vencimiento|vencimiento|vence|vence el|fecha vencimiento|fecha limite|fecha limite de pago|antes de|antes del|vencimientos|fecha de pago|fecha vto|vto|pagar antes del
    |fecha de vto|a pagar antes del|vencimiento el
    |scadenza|data scadenza|data di scadenza|scadenza pagamento|da pagare entro|scadenze|entro il|pagare entro il|pagamento entro il|scade il|entro e non oltre il|scadenza fattura
    |vervaldatum|te betalen voor|uiterste betaaldatum|betalen voor|vervalt op|betaaldatum|betaling voor|te voldoen voor|uiterlijk|uiterlijk op|voor uiterlijk|betaal voor
    |te betalen uiterlijk|vervaldag|uiterste betaaldag|gelieve te betalen voor|te voldoen uiterlijk
    |data de vencimento|vencimento|pagar ate|data limite de pagamento`,
    `terms|zahlbar|by|bis|voor|avant le`,
  ],
  deliveryDate: [
    `delivery date|date of delivery|delivered on|date of supply|supply date|ship date|shipping date|date shipped|delivered|shipped|service date|dispatch date|date delivered
    |time of supply|date of service
    |leistungsdatum|lieferdatum|liefer und leistungsdatum|liefer leistungsdatum|liefer bzw leistungsdatum|tag der lieferung|datum der lieferung|leistungs datum|lieferung am|leistung am
    |lieferung leistung am|liefertermin|datum der leistung|lieferscheindatum|leistungstag|lieferungsdatum
    |date de livraison|date de prestation|date de la prestation|date livraison|livre le|date d execution|date de la livraison|date d expedition
    |fecha de entrega|fecha de operacion|fecha operacion|fecha entrega|fecha de servicio|fecha de prestacion
    |data consegna|data di consegna|data spedizione|data operazione
    |leverdatum|leveringsdatum|datum levering|geleverd op|datum van levering|prestatiedatum
    |data de entrega`,
    ``,
  ],
  servicePeriodStart: [
    `date de debut de prestation|period start|service period start|start date|von|beginn|date de debut|date debut|fecha de inicio|data inizio|begindatum|period from`,
    ``,
  ],
  servicePeriodEnd: [
    `date de fin de prestation|period end|service period end|end date|ende|date de fin|date fin|fecha de fin|data fine|einddatum|period to`,
    ``,
  ],
  servicePeriod: [
    `billing period|service period|invoice period|period of service|period covered|for the period|usage period|period
    |leistungszeitraum|abrechnungszeitraum|lieferzeitraum|rechnungszeitraum|zeitraum|leistungs zeitraum|leistungsmonat|abrechnungsmonat
    |periode|periode de facturation|periode de prestation|periode facturee|periode du
    |periodo|periodo de facturacion|periodo facturado|periodo di riferimento|periodo di fatturazione|periodo fatturato|competenza
    |factuurperiode|facturatieperiode|leveringsperiode|verbruiksperiode|periodo de faturacao`,
    ``,
  ],
  otherDate: [
    `order date|date of order|po date|print date|date printed|start|statement period|contract date|date paid|payment date|date of payment|paid on|valid until|date of quote|delivery note date
    |bestelldatum|bestell datum|auftragsdatum|auftrag datum|auftrag datum lief|datum der bestellung|bestellung vom|druckdatum|lieferschein datum|zahlungsdatum|bezahlt am|gultig bis|angebotsdatum|vertragsdatum|vertragsbeginn|lieferschein vom|auftrag vom
    |date de commande|commande du|date de paiement|date de facture associee|date d impression|paye le|valable jusqu au|bon de livraison du|date du bon de livraison|date de facture liee
    |fecha de pedido|fecha pedido|fecha de impresion|pagado el|fecha del pedido|fecha albaran|fecha contrato
    |data ordine|data stampa|data pagamento|data ddt|ddt del|data contratto|data bolla
    |orderdatum|besteldatum|betaald op|printdatum|geldig tot|datum bestelling|datum order|pakbondatum
    |fecha factura original|original invoice date|date of original invoice|datum der ursprungsrechnung|date de la facture d origine|data fattura originale|datum oorspronkelijke factuur`,
    ``,
  ],
  otherNumber: [
    `order number|order no|sales order|sales order no|our order|our reference|our ref|quote number|quote no|quotation no|delivery note|delivery note no|delivery note number|project|project no|project number|contract no|contract number|agreement ref
    |agreement no|job no|job number|registration no|company no|company number|company reg no|account manager|terminal|tracking no|tracking number|ticket no|booking no|case no|page|page no|phone|tel|telephone|fax|mobile|transaction id|transaction no|receipt no|receipt number|serial no|customer ref|tracking|shipment no
    |auftragsnummer|auftrags nr|auftragsnr|auftrag nr lief|auftrag nr|auftrag|lieferschein nr|lieferscheinnummer|lieferscheinnr|lieferschein|projekt|projektnummer|projekt nr|vertragsnummer|vertrag nr|vertragsnr|unser zeichen|ihr zeichen|angebot nr|angebotsnummer|angebotsnr|seite|telefon|mobil|artikelnummer|vorgangsnummer|vorgangs nr|lief nr|lieferantennummer|lieferanten nr|objekt|kostenstelle|sendungsnummer|filiale|reklamationsnummer
    |numero de commande interne|bon de livraison|no bon de livraison|no de bl|no bl|no de dossier|numero de dossier|dossier|no de contrat|no contrat|contrat|no de devis|devis no|ref devis|projet|votre ref|notre ref|nos references|vos references|no bon de vente|no bon de reception|ref marche|ref projet|notre reference|ref interne
    |pedido interno|albaran|albaran no|no albaran|no de albaran|numero de albaran|presupuesto no|presupuesto|proyecto|contrato|contrato no|no contrato|expediente|nuestra referencia|ref interna|pagina
    |ddt|ddt n|bolla|preventivo n|commessa|contratto n|contratto|cig|cup|nostro riferimento|ns rif|ns riferimento|vs rif|codice destinatario|codice univoco|pec
    |ordernummer|order nr|order|opdrachtnummer|opdracht|pakbon|pakbonnummer|projectnummer|projectnr|contractnummer|offertenummer|offerte nr|ons kenmerk|uw kenmerk|kenmerk|dossiernummer|dossiernr|onze referentie|pagina nr|serienummer|telefoonnummer`,
    ``,
  ],
  purchaseOrder: [
    `purchase order|purchase order no|purchase order number|purchase order ref|po number|po no|po|p o number|p o no|p o|your order|your order no|your order number|customer order|customer order no|order ref|customer po|your po|customer po number|cust po|your reference|your ref|order reference|buyer reference
    |bestellung|bestellnummer|bestell nr|bestellnr|ihre bestellung|ihre bestellnummer|ihre bestellnr|kundenbestellnummer|kunden bestell nr|ihre bestell nr|ihre auftragsnummer|ihre referenz|ihre auftragsnr|kundenreferenz|bestellreferenz
    |numero de commande|no de commande|bon de commande|no bon de commande|votre commande|votre commande no|ref commande|no commande|commande no|commande|votre reference|ref client|reference client|reference commande|votre bon de commande|numero commande
    |pedido|no pedido|su pedido|orden de compra|numero de pedido|no de pedido|pedido no|su referencia|ref cliente|pedido cliente|num pedido|referencia cliente|su pedido no
    |ordine|ordine n|ordine no|vs ordine|numero ordine|rif ordine|n ordine|ordine di acquisto|vostro ordine|vostro riferimento|riferimento ordine|vs ordine n|ordine nr
    |bestelnummer|uw bestelling|inkooporder|inkoopordernummer|uw ordernummer|uw referentie|bestelling|bestelbon|uw order|uw bestelnummer|referentie klant|inkoopnummer|po nummer
    |encomenda|nota de encomenda|vossa referencia|vossa encomenda`,
    ``,
  ],
  customerId: [
    `customer number|customer no|customer id|client no|client number|client id|customer account|customer account no|customer code|account id|customer ref no|member no|customer|client ref|cust no|account ref
    |kundennummer|kunden nr|kundennr|kd nr|kdnr|kunden no|ihre kundennummer|kundenkonto|debitorennummer|debitor|debitoren nr|debitorennr|ihre kundennr|kunden id|mitgliedsnummer
    |numero client|no client|no de client|code client|numero de client|votre numero client|ref client no|compte client|votre no client|identifiant client|no de compte client
    |numero de cliente|no de cliente|no cliente|cod cliente|codigo cliente|codigo de cliente|cliente no|num cliente
    |codice cliente|cod cliente n|numero cliente|n cliente|cliente n
    |klantnummer|klant nr|klantnr|debiteurnummer|debiteurnr|debiteur nr|debiteur|relatienummer|klantcode|uw klantnummer|klant nummer
    |numero de cliente no`,
    ``,
  ],
  paymentTerms: [
    `payment terms|terms of payment|terms|payment conditions
    |zahlungsbedingungen|zahlungsbedingung|zahlungskonditionen|zahlung
    |conditions de paiement|conditions de reglement|modalites de paiement|modalites de reglement|delai de paiement
    |condiciones de pago|terminos de pago|condiciones|plazo de pago
    |condizioni di pagamento|termini di pagamento|modalita di pagamento|pagamento|modalita pagamento|condizioni pagamento
    |betalingscondities|betalingstermijn|betalingsvoorwaarden|betalingsconditie|betaaltermijn|condicoes de pagamento`,
    ``,
  ],
  paymentMeans: [
    `payment method|method of payment|payment means|paid by|paid with|zahlungsart|zahlungsweise|zahlungsmethode|zahlungsform|zahlart|moyen de paiement|mode de paiement|mode de reglement
    |forma de pago|medio de pago|metodo de pago|metodo di pagamento|tipo pagamento|betaalwijze|betaalmethode|betalingswijze|forma de pagamento`,
    ``,
  ],
  currency: [
    `currency|invoice currency|currency code|wahrung|waehrung|belegwahrung|devise|monnaie|moneda|divisa|valuta|moeda|amounts in|all amounts in|betrage in|montants en|montants exprimes en|importes en|importi in|bedragen in|alle betrage in`,
    ``,
  ],
} as const satisfies Lexicon

export type HeaderField = keyof typeof headerWords
