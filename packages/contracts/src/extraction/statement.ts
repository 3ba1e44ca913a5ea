import { z } from 'zod'
import { CountField, DayField, MoneyField, TextField } from './field.ts'

/** The fields of bank statements. What a document does not say is absent. */

export const Transaction = z.object({
  /** The first row of the account is 1. */
  seq: z.int().positive(),
  page: z.int().positive(),
  bookingDate: DayField.optional(),
  valueDate: DayField.optional(),
  description: TextField.optional(),
  counterparty: TextField.optional(),
  reference: TextField.optional(),
  checkNumber: TextField.optional(),
  /** What left the account, positive; absent for a credit. */
  debit: MoneyField.optional(),
  /** What came in, positive; absent for a debit. */
  credit: MoneyField.optional(),
  /** Signed: negative is what left the account. */
  amount: MoneyField,
  /** What the account held after this row, where the row says it. */
  balance: MoneyField.optional(),
})
export type Transaction = z.infer<typeof Transaction>

/** A balance that the document states between two rows, as where a page ends and the next begins. */
export const CarryForward = z.object({
  /** How many rows of the account stand before it. */
  afterRows: z.int().nonnegative(),
  page: z.int().positive(),
  balance: MoneyField,
})
export type CarryForward = z.infer<typeof CarryForward>

export const Account = z.object({
  iban: TextField.optional(),
  accountNumber: TextField.optional(),
  /** Sort code, Bankleitzahl, routing number. */
  routingCode: TextField.optional(),
  bic: TextField.optional(),
  /** As it is printed: checking, Girokonto. */
  accountType: TextField.optional(),
  currency: TextField.optional(),
  /** Where they differ from the statement's. */
  holderNames: z.array(TextField).optional(),
  periodStart: DayField.optional(),
  periodEnd: DayField.optional(),
  openingBalance: MoneyField.optional(),
  openingDate: DayField.optional(),
  closingBalance: MoneyField.optional(),
  closingDate: DayField.optional(),
  /** Positive. */
  totalCredits: MoneyField.optional(),
  /** Positive. */
  totalDebits: MoneyField.optional(),
  creditCount: CountField.optional(),
  debitCount: CountField.optional(),
  transactionCount: CountField.optional(),
  fees: MoneyField.optional(),
  carryForwards: z.array(CarryForward),
  transactions: z.array(Transaction),
})
export type Account = z.infer<typeof Account>

export const Statement = z.object({
  bankName: TextField.optional(),
  bankAddress: TextField.optional(),
  holderNames: z.array(TextField),
  holderAddress: TextField.optional(),
  statementNumber: TextField.optional(),
  statementDate: DayField.optional(),
  periodStart: DayField.optional(),
  periodEnd: DayField.optional(),
  accounts: z.array(Account),
})
export type Statement = z.infer<typeof Statement>
