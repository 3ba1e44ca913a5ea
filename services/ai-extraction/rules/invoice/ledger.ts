import type { Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'

const sides = [
  /^(debits?|withdrawals?|paid out|money out|soll|lastschrift|belastung|cargos?|debe|af|dare|addebiti|uscite)\b/,
  /^(credits?|deposits?|paid in|money in|haben|gutschrift|abonos?|haber|bij|avere|accrediti|entrate)\b/,
  /^(balance|running balance|saldo|solde|kontostand)\b/,
]

/** Whether a document has columns for money out, money in and a balance side by side, as accounts have and invoices have not. */
export const isLedger = (layout: Layout) =>
  layout.cells.some((cells) => {
    const texts = cells.map(({ text }) => plain(text.slice(0, 60)))
    return cells.length >= 3 && sides.every((side) => texts.some((text) => side.test(text)))
  })
