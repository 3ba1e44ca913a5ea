import { z } from 'zod'
import { DayField, DecimalField, MoneyField, PriceField, TextField } from './field.ts'

/** The fields of invoices, with their numbers in EN 16931-1. What a document does not say is absent. */

export const Party = z.object({
  /** BT-27, BT-44. */
  name: TextField.optional(),
  /** BT-31, BT-48. */
  vatId: TextField.optional(),
  /** A tax number that is no VAT id, BT-32. */
  taxNumber: TextField.optional(),
  /** BT-30, BT-47. */
  registrationId: TextField.optional(),
  /** The seller's number for the buyer, BT-46. */
  customerId: TextField.optional(),
  address: TextField.optional(),
  /** ISO 3166-1 alpha-2, BT-40, BT-55. */
  country: TextField.optional(),
  email: TextField.optional(),
})
export type Party = z.infer<typeof Party>

export const Payment = z.object({
  /** BT-81: a code of UNTDID 4461, or the words that stand there. */
  means: TextField.optional(),
  /** BT-84. */
  iban: TextField.optional(),
  /** BT-86. */
  bic: TextField.optional(),
  accountNumber: TextField.optional(),
  accountHolder: TextField.optional(),
  /** What the payer is to state, BT-83. */
  reference: TextField.optional(),
  /** BT-90. */
  creditorId: TextField.optional(),
  /** BT-89. */
  mandate: TextField.optional(),
})
export type Payment = z.infer<typeof Payment>

export const InvoiceLine = z.object({
  /** BT-126. */
  position: TextField.optional(),
  /** BT-153 and BT-154. */
  description: TextField.optional(),
  /** BT-155. */
  productCode: TextField.optional(),
  /** BT-129. */
  quantity: DecimalField.optional(),
  /** BT-130: a code of UN/ECE 20, or the word that stands there. */
  unit: TextField.optional(),
  /** BT-146, without VAT unless the choice `amounts-include-tax` says otherwise. */
  unitPrice: PriceField.optional(),
  /** How many units the price is for, BT-149. */
  priceQuantity: DecimalField.optional(),
  /** What is taken off, as a positive amount, BT-136. */
  discount: MoneyField.optional(),
  discountPercent: DecimalField.optional(),
  /** What is added, BT-141. */
  charge: MoneyField.optional(),
  /** BT-131. */
  netAmount: MoneyField.optional(),
  /** BT-151. */
  vatCategory: TextField.optional(),
  /** In per cent, BT-152. */
  vatRate: DecimalField.optional(),
  taxAmount: MoneyField.optional(),
  grossAmount: MoneyField.optional(),
  date: DayField.optional(),
})
export type InvoiceLine = z.infer<typeof InvoiceLine>

/** An allowance or charge on the whole document, BG-20 and BG-21. */
export const Adjustment = z.object({
  kind: z.enum(['allowance', 'charge']),
  reason: TextField.optional(),
  /** Positive, BT-92, BT-99. */
  amount: MoneyField,
  percent: DecimalField.optional(),
  vatCategory: TextField.optional(),
  vatRate: DecimalField.optional(),
})
export type Adjustment = z.infer<typeof Adjustment>

/** VAT of one category and rate, BG-23. */
export const Tax = z.object({
  /** BT-118. */
  category: TextField.optional(),
  /** In per cent, BT-119. */
  rate: DecimalField.optional(),
  /** BT-116. */
  base: MoneyField.optional(),
  /** BT-117. */
  amount: MoneyField.optional(),
  /** Why none is due, BT-120. */
  exemption: TextField.optional(),
})
export type Tax = z.infer<typeof Tax>

export const Totals = z.object({
  /** BT-106. */
  lineSum: MoneyField.optional(),
  /** BT-107. */
  allowances: MoneyField.optional(),
  /** BT-108. */
  charges: MoneyField.optional(),
  /** BT-109. */
  net: MoneyField.optional(),
  /** BT-110. */
  tax: MoneyField.optional(),
  /** BT-112. */
  gross: MoneyField.optional(),
  /** BT-113. */
  paid: MoneyField.optional(),
  /** BT-114. */
  rounding: MoneyField.optional(),
  /** BT-115. */
  due: MoneyField.optional(),
  /** Income tax that the buyer keeps back for the seller's tax office, positive. */
  withheld: MoneyField.optional(),
  /** What was owed before this invoice. */
  previousBalance: MoneyField.optional(),
})
export type Totals = z.infer<typeof Totals>

export const Invoice = z.object({
  /** BT-1. */
  invoiceNumber: TextField.optional(),
  /** BT-2. */
  issueDate: DayField.optional(),
  /** BT-9. */
  dueDate: DayField.optional(),
  /** BT-72. */
  deliveryDate: DayField.optional(),
  /** BT-73. */
  servicePeriodStart: DayField.optional(),
  /** BT-74. */
  servicePeriodEnd: DayField.optional(),
  /** BT-5. */
  currency: TextField.optional(),
  /** BT-13. */
  purchaseOrder: TextField.optional(),
  /** The invoice that this one corrects or credits, BT-25. */
  precedingInvoice: TextField.optional(),
  /** BT-20. */
  paymentTerms: TextField.optional(),
  seller: Party,
  buyer: Party,
  shipTo: Party.optional(),
  payment: z.array(Payment),
  lines: z.array(InvoiceLine),
  adjustments: z.array(Adjustment),
  taxes: z.array(Tax),
  totals: Totals,
})
export type Invoice = z.infer<typeof Invoice>
