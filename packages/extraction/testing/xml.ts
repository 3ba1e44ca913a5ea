/** A line: name, quantity, price, net amount, rate of VAT. */
type Line = [name: string, quantity: string, price: string, net: string, rate: string]

type Made = {
  number?: string
  type?: string
  lines?: Line[]
  /** Rate, base, VAT. */
  taxes?: [rate: string, base: string, amount: string][]
  totals?: Partial<Record<'lineSum' | 'allowances' | 'charges' | 'net' | 'tax' | 'gross' | 'due', string>>
  /** Whether it is added, its amount, its rate of VAT. */
  adjustments?: [isCharge: boolean, amount: string, rate: string][]
  /** The category of VAT of all there is (UNTDID 5305). */
  category?: string
  profile?: string
}

const goodLines: Line[] = [
  ['Thing & Co', '3', '10.00', '30.00', '19'],
  ['Other', '2', '5.50', '11.00', '7'],
]
const goodTaxes: Made['taxes'] = [
  ['19', '30.00', '5.70'],
  ['7', '11.00', '0.77'],
]
const goodTotals: NonNullable<Made['totals']> = {
  lineSum: '41.00',
  net: '41.00',
  tax: '6.47',
  gross: '47.47',
  due: '47.47',
}
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const element = (name: string, text: string | undefined) =>
  text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`

/** Only what is exempt needs a reason. */
const reasonOf = (category: string) => (['S', 'Z'].includes(category) ? undefined : 'Exempt')

const ciiSpaces =
  'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" ' +
  'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" ' +
  'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"'
const day = (digits: string) => `<udt:DateTimeString format="102">${digits}</udt:DateTimeString>`

/** An invoice as Cross Industry Invoice that follows EN 16931, changed by what is given. */
export function ciiXml(made: Made = {}): string {
  const {
    number = 'R-1',
    type = '380',
    lines = goodLines,
    taxes = goodTaxes ?? [],
    profile = 'urn:cen.eu:en16931:2017',
    category = 'S',
    adjustments = [],
  } = made
  const totals = { ...goodTotals, ...made.totals }
  const party = (name: string, vatId: string) =>
    `<ram:Name>${name}</ram:Name><ram:PostalTradeAddress><ram:PostcodeCode>80331</ram:PostcodeCode><ram:LineOne>Weg 1</ram:LineOne>` +
    `<ram:CityName>München</ram:CityName><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>` +
    `<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">${vatId}</ram:ID></ram:SpecifiedTaxRegistration>`
  const rate = (percent: string) =>
    `<ram:TypeCode>VAT</ram:TypeCode>`.concat(
      `<ram:CategoryCode>${category}</ram:CategoryCode><ram:RateApplicablePercent>${percent}</ram:RateApplicablePercent>`,
    )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice ${ciiSpaces}>
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>${element('ram:ID', profile)}</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument>${element('ram:ID', number)}<ram:TypeCode>${type}</ram:TypeCode><ram:IssueDateTime>${day('20250131')}</ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
${lines
  .map(
    ([name, quantity, price, net, percent], index) =>
      `<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>${index + 1}</ram:LineID></ram:AssociatedDocumentLineDocument>` +
      `<ram:SpecifiedTradeProduct>${element('ram:Name', name)}</ram:SpecifiedTradeProduct>` +
      `<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>${element('ram:ChargeAmount', price)}</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>` +
      `<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">${quantity}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>` +
      `<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax>${rate(percent)}</ram:ApplicableTradeTax>` +
      `<ram:SpecifiedTradeSettlementLineMonetarySummation>${element('ram:LineTotalAmount', net)}</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>` +
      `</ram:IncludedSupplyChainTradeLineItem>`,
  )
  .join('\n')}
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty>${party('Muster GmbH', 'DE136695976')}</ram:SellerTradeParty><ram:BuyerTradeParty>${party('Beispiel AG', 'DE811569869')}</ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery><ram:ActualDeliverySupplyChainEvent><ram:OccurrenceDateTime>${day('20250130')}</ram:OccurrenceDateTime></ram:ActualDeliverySupplyChainEvent></ram:ApplicableHeaderTradeDelivery>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>DE89370400440532013000</ram:IBANID></ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
${taxes.map(([percent, base, amount]) => `<ram:ApplicableTradeTax><ram:CalculatedAmount>${amount}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>${element('ram:ExemptionReason', reasonOf(category))}<ram:BasisAmount>${base}</ram:BasisAmount><ram:CategoryCode>${category}</ram:CategoryCode><ram:RateApplicablePercent>${percent}</ram:RateApplicablePercent></ram:ApplicableTradeTax>`).join('\n')}
${adjustments.map(([isCharge, amount, percent]) => `<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>${isCharge}</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>${amount}</ram:ActualAmount><ram:Reason>Reason</ram:Reason><ram:CategoryTradeTax>${rate(percent)}</ram:CategoryTradeTax></ram:SpecifiedTradeAllowanceCharge>`).join('\n')}
<ram:SpecifiedTradePaymentTerms><ram:Description>30 Tage</ram:Description><ram:DueDateDateTime>${day('20250302')}</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>${element('ram:LineTotalAmount', totals.lineSum)}${element('ram:ChargeTotalAmount', totals.charges)}${element('ram:AllowanceTotalAmount', totals.allowances)}${element('ram:TaxBasisTotalAmount', totals.net)}<ram:TaxTotalAmount currencyID="EUR">${totals.tax}</ram:TaxTotalAmount>${element('ram:GrandTotalAmount', totals.gross)}${element('ram:DuePayableAmount', totals.due)}</ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>`
}

/** The same as a UBL invoice or credit note. */
export function ublXml(made: Made & { credit?: boolean } = {}): string {
  const {
    number = 'R-1',
    type,
    lines = goodLines,
    taxes = goodTaxes ?? [],
    profile = 'urn:cen.eu:en16931:2017',
    category = 'S',
    adjustments = [],
    credit = false,
  } = made
  const totals = { ...goodTotals, ...made.totals }
  const kind = credit ? 'CreditNote' : 'Invoice'
  const amount = (name: string, text: string | undefined) =>
    text === undefined ? '' : `<cbc:${name} currencyID="EUR">${text}</cbc:${name}>`
  const vat = '<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>'
  const party = (name: string, vatId: string) =>
    `<cac:Party><cac:PostalAddress><cbc:StreetName>Weg 1</cbc:StreetName><cbc:CityName>München</cbc:CityName><cbc:PostalZone>80331</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>` +
    `<cac:PartyTaxScheme><cbc:CompanyID>${vatId}</cbc:CompanyID>${vat}</cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<${kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${kind}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>${profile}</cbc:CustomizationID>
${element('cbc:ID', number)}<cbc:IssueDate>2025-01-31</cbc:IssueDate>${credit ? '' : '<cbc:DueDate>2025-03-02</cbc:DueDate>'}
<cbc:${kind}TypeCode>${type ?? (credit ? '381' : '380')}</cbc:${kind}TypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty>${party('Muster GmbH', 'DE136695976')}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>${party('Beispiel AG', 'DE811569869')}</cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>DE89370400440532013000</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:PaymentTerms><cbc:Note>30 Tage</cbc:Note></cac:PaymentTerms>
${adjustments.map(([isCharge, off, percent]) => `<cac:AllowanceCharge><cbc:ChargeIndicator>${isCharge}</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Reason</cbc:AllowanceChargeReason>${amount('Amount', off)}<cac:TaxCategory><cbc:ID>${category}</cbc:ID><cbc:Percent>${percent}</cbc:Percent>${vat}</cac:TaxCategory></cac:AllowanceCharge>`).join('\n')}
<cac:TaxTotal>${amount('TaxAmount', totals.tax)}${taxes
    .map(
      ([percent, base, tax]) =>
        `<cac:TaxSubtotal>${amount('TaxableAmount', base)}${amount('TaxAmount', tax)}<cac:TaxCategory><cbc:ID>${category}</cbc:ID><cbc:Percent>${percent}</cbc:Percent>${element('cbc:TaxExemptionReason', reasonOf(category))}${vat}</cac:TaxCategory></cac:TaxSubtotal>`,
    )
    .join('')}</cac:TaxTotal>
<cac:LegalMonetaryTotal>${amount('LineExtensionAmount', totals.lineSum)}${amount('TaxExclusiveAmount', totals.net)}${amount('TaxInclusiveAmount', totals.gross)}${amount('AllowanceTotalAmount', totals.allowances)}${amount('ChargeTotalAmount', totals.charges)}${amount('PayableAmount', totals.due)}</cac:LegalMonetaryTotal>
${lines
  .map(
    ([name, quantity, price, net, percent], index) =>
      `<cac:${kind}Line><cbc:ID>${index + 1}</cbc:ID><cbc:${credit ? 'Credited' : 'Invoiced'}Quantity unitCode="C62">${quantity}</cbc:${credit ? 'Credited' : 'Invoiced'}Quantity>${amount('LineExtensionAmount', net)}` +
      `<cac:Item>${element('cbc:Name', name)}<cac:ClassifiedTaxCategory><cbc:ID>${category}</cbc:ID><cbc:Percent>${percent}</cbc:Percent>${vat}</cac:ClassifiedTaxCategory></cac:Item><cac:Price>${amount('PriceAmount', price)}</cac:Price></cac:${kind}Line>`,
  )
  .join('\n')}
</${kind}>`
}
