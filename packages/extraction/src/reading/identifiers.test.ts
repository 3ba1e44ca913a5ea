import { expect, it } from 'vitest'
import { findIbans, isBic, isCreditorId, isIban } from './bank-ids.ts'
import { countryOfVatId, vatIdOf, vatIdPrefixes } from './vat-ids.ts'

/** One valid number of each country; published or made for tests. */
const valid = (
  'ATU13585627 BE0428759497 BG175074752 CHE-107.787.577 CY10259033P CZ25123891 DE136695976 DK13585628 EE100931558 ' +
  'EL094259216 ESA13585625 FI20774740 FR40303265045 GB980780684 HR33392005961 HU12892312 IE6433435F IT00743110157 ' +
  'LT119511515 LU15027442 LV40003521600 MT11679112 NL004495445B01 NO995525828MVA PL8567346215 PT501964843 RO18547290 ' +
  'SE123456789701 SI50223054 SK2022749619 XI980780684'
).split(' ')

it('knows the check digits of every VAT id of the EU and its neighbours', () => {
  expect(new Set(valid.map((id) => vatIdOf(id)?.prefix))).toEqual(new Set(vatIdPrefixes))
  expect(valid.filter((id) => !vatIdOf(id)?.valid)).toEqual([])
})

it('finds a wrong digit in each of them', () => {
  const wrong = valid.map((id) =>
    id.replace(/\d(?=\D*$|B01$|MVA$|01$)/, (digit) => String((Number(digit) + 1) % 10)),
  )
  // The last digits of Dutch and Swedish ids count branches.
  const counted = ['NL', 'SE']
  expect(wrong.filter((id) => vatIdOf(id)?.valid && !counted.includes(id.slice(0, 2)))).toEqual([])
  expect(vatIdOf('NL004495446B01')?.valid).toBe(false)
  expect(vatIdOf('SE123456789801')?.valid).toBe(false)
})

it('takes only for a VAT id what has the shape of one', () => {
  expect(['DE12345678', 'XX123456789', 'DE 123 456 789 0', 'Rechnung', ''].map(vatIdOf)).toEqual(
    Array(5).fill(undefined),
  )
  expect(vatIdOf('de 136.695.976')).toMatchObject({ id: 'DE136695976', valid: true })
  const greek = vatIdOf('EL094259216')
  expect(greek && countryOfVatId(greek)).toBe('GR')
})

it('finds IBANs whole, and says which are wrong', () => {
  const text = 'IBAN: DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX, NL91ABNA0417164300; DE89370400440532013001'
  expect(findIbans(text).map(({ raw, iban, valid }) => ({ raw, iban, valid }))).toEqual([
    { raw: 'DE89 3704 0044 0532 0130 00', iban: 'DE89370400440532013000', valid: true },
    { raw: 'NL91ABNA0417164300', iban: 'NL91ABNA0417164300', valid: true },
    { raw: 'DE89370400440532013001', iban: 'DE89370400440532013001', valid: false },
  ])
  expect(findIbans('XX89 3704 0044 0532 0130 00, DE89 3704')).toEqual([])
  expect(isIban('gb29 nwbk 6016 1331 9268 19')).toBe(true)
})

it('knows BICs and creditor identifiers', () => {
  expect(['COBADEFFXXX', 'COBADEFF', 'COBADE', 'INVOICED1'].map(isBic)).toEqual([true, true, false, false])
  expect(['DE98ZZZ09999999999', 'DE97ZZZ09999999999', 'DE'].map(isCreditorId)).toEqual([true, false, false])
})
