import type { Lexicon } from '../lexicon.ts'

/** What stands before identifiers of a party and of its account. */
export const identifierWords = {
  vatId: [
    `vat number|vat no|vat nr|vat reg no|vat reg|vat registration|vat registration no|vat registration number|vat id|vat id no|vat reg number|vat|vatin|tax id|tax id no|tax reg no|ein|gst no|gst number|abn|seller vat id|supplier vat no|our vat no|our vat number|vat nummer|gb vat|gb vat no|vat identification number
    |ust idnr|ust id nr|ust id|ustid|ustidnr|umsatzsteuer id|umsatzsteuer id nr|umsatzsteueridentifikationsnummer|umsatzsteuer identifikationsnummer|umsatzsteuer identnr|ust ident nr|ust identnr|uid|uid nr|uid nummer|mwst nr|mwst nummer|ust ident nummer|ust nr|ust idnummer|unsere ust idnr|ust id nummer
    |tva|no tva|no de tva|tva intracommunautaire|no tva intracommunautaire|no de tva intracommunautaire|numero de tva|numero tva|tva intra|no tva intra|tva no|id tva|numero de tva intracommunautaire|no id tva|numero tva intracommunautaire|tva intracom|no tva intracom|code tva|tva ue|identifiant tva|num tva
    |nif|cif|nif iva|n i f|c i f|cif nif|nif cif|iva no|nif intracomunitario|vat iva|dni|numero de iva|numero iva|id iva
    |p i|p iva|partita iva|piva|part iva|codice iva|p iva e c f|c f e p iva|p iva c f|cf p iva|p iva cf|partita iva e codice fiscale|c f p iva
    |btw|btw nummer|btw nr|btw id|btwnr|btw no|btw identificatienummer|btw idnr|btw id nummer|ondernemingsnummer
    |nipc|contribuinte no|no contribuinte|contribuinte|nif nipc`,
    `idnr|id nr`,
  ],
  buyerVatId: [
    `customer vat number|customer vat no|customer vat id|client vat|client vat no|your vat|your vat no|your vat number|buyer vat id|buyer vat no|buyer vat number|customer vat|customer vat reg no|vat no of customer|your vat id|client vat number|customer s vat no|vat number customer|bill to vat|recipient vat id|customer tax id
    |ihre ust idnr|ihre ust id nr|ihre ust id|ust idnr des kunden|ust idnr kunde|kunden ust idnr|ust idnr leistungsempfanger|kunden ust id|ust id kunde|ust idnr des leistungsempfangers|ihre ust id no|ihre uid|uid kunde|ust id des kunden|ust idnr empfanger|kunde ust idnr|kunde ust id|ihre mwst nr|ust idnr des empfangers|kunden ust id nr
    |no tva client|votre no tva|tva client|no de tva client|votre tva|no tva acheteur|numero de tva client|votre no de tva|no tva du client|tva intracommunautaire client|no tva intra client|no tva intracommunautaire client|votre tva intracommunautaire|tva acheteur|votre no tva intracommunautaire
    |cif cliente|nif cliente|nif del cliente|su nif|su cif|nif cif cliente|cif nif cliente|vat cliente|cif del cliente
    |p iva cliente|vs p iva|vostra partita iva|partita iva cliente|vostra p iva|partita iva cessionario|p iva destinatario
    |btw nummer klant|uw btw nummer|btw nr klant|btw klant|uw btw nr|btw nummer afnemer|klant btw nummer|btw nr afnemer|uw btw id|uw btw|btw id klant|btw nummer opdrachtgever
    |nif do cliente|contribuinte cliente|v contribuinte`,
    ``,
  ],
  registrationId: [
    `company number|company no|company registration no|company registration number|company registration|company reg no|registered number|reg no|registered in england no|registration number|registered in england and wales no|registered no|crn|co reg no
    |steuernummer|steuer nr|st nr|stnr|hrb|hra|hrb nr|handelsregister|handelsregisternummer|amtsgericht|registergericht|fn|firmenbuchnummer|steuer nummer|registernummer
    |siret|siren|no siret|no siren|rcs|r c s|siren siret|numero siret|siret no
    |registro mercantil|reg merc|reg mercantil|c f|cod fisc|codice fiscale|cf|rea|c fiscale|cod fiscale|codice fisc
    |kvk|kvk nummer|kvk nr|k v k|kbo|rpr|kvk no|handelsregister nr|kvknummer`,
    ``,
  ],
  iban: [
    `iban|iban no|iban number|iban nr|iban code|code iban|compte iban|cuenta iban|codice iban|conto iban|iban konto|bankrekening iban|coordinate iban|iban nummer`,
    ``,
  ],
  bic: [
    `bic|swift|bic swift|swift bic|bic code|swift code|swift bic code|code bic|bic swift code|code swift|codice bic|codigo swift|bic swift nr`,
    ``,
  ],
  accountNumber: [
    `account number|account no|acct no|a c no|bank account|bank account no|bank account number|account|ac no|acc no|a c number
    |kontonummer|konto nr|kontonr|konto|numero de compte|no de compte|compte|compte bancaire|numero de cuenta|cuenta|no de cuenta|cuenta bancaria|c c|conto corrente|c c n|numero conto
    |rekeningnummer|rekening|bankrekening|bankrekeningnummer|rekeningnr|rek nr`,
    ``,
  ],
  accountHolder: [
    `account name|account holder|beneficiary|beneficiary name|name of account|payee|account holder name|acc name|payable to|make payable to|make checks payable to|make all checks payable to|cheques payable to|make cheques payable to|please make checks payable to|pay to|make all cheques payable to
    |kontoinhaber|inhaber|empfanger der zahlung|zahlungsempfanger|konto inhaber|begunstigter|titulaire|titulaire du compte|beneficiaire|titulaire compte|a l ordre de
    |titular|titular de la cuenta|beneficiario|propietario|titular cuenta|intestatario|intestato a|conto intestato a|intestazione|intestatario conto|ten name van|t n v|tnv|op naam van|begunstigde|rekeninghouder|ten namevan|titular da conta`,
    ``,
  ],
  bankName: [
    `bank|bank name|banque|banco|banca|bankname|bankverbindung|domiciliation|name of bank|bank details|entidad|banca d appoggio|kreditinstitut`,
    ``,
  ],
  paymentReference: [
    `payment reference|reference for payment|payment ref|please quote|quote reference|remittance reference|following communication for your payment|use the following communication|reference to quote|please use reference
    |verwendungszweck|zahlungsreferenz|bitte angeben|referenznummer|reference avis de paiement|reference de paiement|reference a rappeler|communication structuree|communication
    |concepto|referencia de pago|causale|causale di pagamento|riferimento pagamento|betalingskenmerk|onder vermelding van|o v v|gestructureerde mededeling|mededeling|betaalreferentie|referencia de pagamento`,
    ``,
  ],
} as const satisfies Lexicon

export type IdentifierField = keyof typeof identifierWords
