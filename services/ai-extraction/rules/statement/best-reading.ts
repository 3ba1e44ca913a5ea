import type { Choice } from '@pdf-smaller/contracts/extraction'
import type { AccountParts } from './accounts.ts'
import { readingsOf, type Reading, type Units } from './readings.ts'
import { evidenceOf, type Evidence } from './sums.ts'

export type Decision = {
  reading: Reading
  evidence: Evidence
  accounts: AccountParts[]
  choice: Choice
  /** All sums hold as well where two columns without names change places, so that they prove nothing of signs. */
  mirrored: boolean
}

/**
 * The reading under which most sums of the document hold; the first of those that are as good.
 * Rows below the closing balance, as of a list of charges to come, count only where they add up.
 */
export function bestReading(accounts: readonly AccountParts[], units: Units, isCard: boolean): Decision {
  const readings = readingsOf(accounts, isCard && isOwed(accounts))
  const cut = accounts.map(untilClosing)
  const variants = cut.some((account, index) => account !== accounts[index])
    ? [[...accounts], cut]
    : [[...accounts]]
  const all = variants.flatMap((accounts) =>
    readings.map((reading) => ({ reading, accounts, evidence: evidenceOf(accounts, reading, units) })),
  )
  const score = ({ holds, fails }: Evidence) => holds - 0.5 * fails
  const [best, ...others] = all.toSorted((a, b) => score(b.evidence) - score(a.evidence))
  if (!best) throw new Error('There is always a reading')
  const { reading, evidence } = best
  const told = [
    ...evidence.told,
    ...(best.accounts === cut ? ['rows below the closing balance are none of the statement'] : []),
  ]
  const choice: Choice = {
    name: reading.unnamed.size > 0 ? 'columns' : 'sign',
    chosen: reading.name,
    because: told.length > 0 ? told.join('; ') : 'nothing can be checked',
    alternatives: [...new Set(others.map((other) => other.reading.name))].filter(
      (name) => name !== reading.name,
    ),
  }
  const mirrored = others.some(
    (other) => score(other.evidence) === score(evidence) && columnsIn(other.reading) !== columnsIn(reading),
  )
  return { ...best, choice, mirrored }
}

const columnsIn = ({ unnamed }: Reading) => [...unnamed.values()].join()

/** Without the rows below the closing balance; the account itself where there are none. */
function untilClosing(account: AccountParts): AccountParts {
  const closing = account.figures.findLast(
    ({ figure, afterRows }) => figure.meaning.kind === 'closing' && afterRows > 0,
  )
  if (!closing || closing.afterRows === account.rows.length) return account
  return {
    ...account,
    rows: account.rows.slice(0, closing.afterRows),
    figures: account.figures.filter(({ afterRows }) => afterRows <= closing.afterRows),
  }
}

/** Whether a card's amounts are what is owed: most have no sign, and none has a plus. */
function isOwed(accounts: readonly AccountParts[]): boolean {
  const amounts = accounts.flatMap(({ rows }) =>
    rows.flatMap(({ money }) => money.map(({ amount }) => amount)),
  )
  const signed = amounts.filter(({ sign }) => sign !== null).length
  return 2 * signed <= amounts.length && amounts.every(({ sign }) => sign !== '+')
}
