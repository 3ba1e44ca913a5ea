import type { Lexicon } from '../lexicon.ts'

/** What stands over or before the parties of an invoice. */
export const partyWords = {
  buyer: [
    `bill to|billed to|billing to|invoice to|invoiced to|sold to|customer|client|buyer|invoice address|billing address|bill to address|charge to|customer details|billing details|client details|invoice recipient|customer name|client name|purchaser|recipient|invoicee|prepared for|issued to|customer address|billed customer|credit to|for the attention of|for attention of|fao|for|bill to customer|account of|invoice for
    |rechnungsempfanger|kunde|kunden|kaufer|auftraggeber|empfanger|rechnungsanschrift|rechnungsadresse|leistungsempfanger|kaufer leistungsempfanger|rechnung an|kundenadresse|kundin|kunde firma|firma|besteller|debitor adresse
    |destinataire|facture a|adresse de facturation|adresse du client|acheteur|facturation|client facture|adresse facturation|adresse client|facturer a|facturee a|adresse de facture|vos coordonnees|destinataire de la facture|donneur d ordre|preneur|vos identifiants
    |factura a|cliente|destinatario|facturar a|datos del cliente|comprador|receptor|facturado a|direccion de facturacion|datos cliente|datos de facturacion|datos de cliente|nombre cliente|adquirente|datos fiscales del cliente
    |spett le|spett|spettabile|cessionario|committente|cessionario committente|intestata a|dati cliente|fatturare a|destinatario fattura|indirizzo di fatturazione|cliente destinatario|intestazione fattura|fatturato a|acquirente|spettabile ditta|gent mo|egr sig|spett le ditta|spettabile ditta|spett ditta
    |klant|factuuradres|afnemer|factuur aan|gefactureerd aan|opdrachtgever|klantgegevens|factureren aan|koper|gegevens klant|factuur voor|ontvanger|debiteur gegevens|geadresseerde
    |exmo s|exmos senhores|exmo s sr s|exmo sr|exmos srs|faturar a`,
    `to|an|a|aan`,
  ],
  seller: [
    `seller|sold and shipped by|supplier|vendor|issuer|issued by|supplier details|company|invoice from|sold by|billed by|service provider|bill from|biller|provider|our details|pay to the order of|remit to|remittance to|your details|supplier name|company name|company details|merchant|payee details|seller details
    |verkauft von|verkauf durch|verkauf und versand durch|verkaufer|lieferant|aussteller|rechnungssteller|absender|leistungserbringer|rechnungsaussteller|anbieter|auftragnehmer|leistender unternehmer|unternehmen|dienstleister
    |vendu par|vendeur|emetteur|fournisseur|prestataire|emise par|nos coordonnees|emis par|societe|expediteur
    |vendido por|emisor|vendedor|proveedor|datos del emisor|emitida por|empresa|datos emisor|expedidor|datos de la empresa|emitido por|datos fiscales
    |cedente|prestatore|cedente prestatore|fornitore|mittente|emittente|dati fornitore|emessa da|venditore|ditta emittente
    |verkocht door|verkoper|leverancier|afzender|gegevens leverancier|opdrachtnemer|uitgever|factuur van|bedrijf|bedrijfsgegevens|emitente|fornecedor`,
    `from|von|de|da|van|pay to`,
  ],
  shipTo: [
    `ship to|deliver to|delivery address|shipping address|shipped to|delivered to|delivery to|ship to address|consignee|site address|delivery location|place of delivery|service address|ship from|premises|supply address
    |lieferadresse|lieferanschrift|warenempfanger|lieferung an|versandadresse|lieferempfanger|leistungsort|lieferort|abweichende lieferadresse
    |adresse de livraison|livraison|livre a|livraison a|lieu de livraison|livraison adresse references|adresse livraison|destinataire livraison
    |direccion de entrega|enviar a|entrega|lugar de entrega|direccion de envio|envio a
    |destinazione|luogo di destinazione|indirizzo di consegna|destinazione merce|luogo di consegna|consegna|indirizzo di spedizione|spedire a
    |afleveradres|leveradres|bezorgadres|levering aan|verzendadres|morada de entrega|local de descarga`,
    ``,
  ],
  /** Headings of other blocks: their lines are neither party's. */
  other: [
    `sales contact|contact|contact person|account manager|bank details|payment details|payment information|bank|bank information|notes|note|terms and conditions|remarks|comments|thank you|project|references|payment instructions|how to pay|payment advice|remittance advice|summary|invoice details|invoice summary|details|account summary|sales rep|salesperson|your contact
    |ansprechpartner|bankverbindung|bemerkungen|bemerkung|hinweise|hinweis|zahlungsinformationen|sachbearbeiter|bearbeiter|ihr ansprechpartner|zahlungsbedingungen|kontakt|unsere bankverbindung|bankdaten|rechnungsdetails|vertreter
    |contact commercial|coordonnees bancaires|remarques|vos references|nos references|references sur la facture|conditions|votre contact|interlocuteur|informations de paiement
    |contacto|datos bancarios|observaciones|notas|condiciones|comercial|datos de pago|datos de la factura
    |contatto|coordinate bancarie|dati bancari|annotazioni|agente|riferimento|banca d appoggio|dati pagamento|dati fattura
    |contactpersoon|bankgegevens|opmerkingen|betalingsgegevens|verkoper nr|betaalgegevens|factuurgegevens|vertegenwoordiger`,
    ``,
  ],
  name: [
    `name|firma|company name|nom|raison sociale|nombre|razon social|nombre razon social|denominazione|ragione sociale|naam|bedrijfsnaam|firmenname|firmenwortlaut|nome|trading name|legal name|denominacion social|bedrijf naam|nome ditta`,
    ``,
  ],
  address: [
    `address|anschrift|adresse|direccion|domicilio|indirizzo|adres|strasse|street|morada|sede|sede legale|registered office|domicilio social|siege social|zip|city|plz|ort|country|land|pays|pais|paese|postcode|localidad|provincia|poblacion|cp|ville|code postal|citta|cap|plaats`,
    ``,
  ],
} as const satisfies Lexicon

export type PartyWord = keyof typeof partyWords

/** Legal forms at the end of a company's name, or before it. */
export const legalForm =
  /(?:^|[\s,.])(gmbh|ag|kg|ohg|gbr|ug|e\.?k\.?|mbh|se|kgaa|ltd\.?|limited|plc|llp|llc|inc\.?|corp\.?|corporation|& co\.?|sarl|s\.?à\.?r\.?l\.?|sas|sasu|eurl|s\.a\.s?\.?|s\.?a\.?|snc|sci|scop|s\.?l\.?u?\.?|s\.l\.l\.?|sociedad limitada|s\.?r\.?l\.?s?|s\.?p\.?a\.?|s\.?n\.?c\.?|s\.?a\.?s\.?|b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|bvba|srl|lda\.?|unipessoal|oy|ab|a\/s|aps|as|sp\. z o\.o\.|s\.r\.o\.|e\.v\.|pty|pte|gesmbh|ges\.m\.b\.h\.|stiftung|coop|cooperativa)(?=$|[\s,.;)|·•–-])/i
