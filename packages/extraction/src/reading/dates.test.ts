import { assert, boolean, constantFrom, date, property } from '@pdf-smaller/testing/properties'
import { expect, it } from 'vitest'
import { dateReadings, dayOf, dayWithin, findDates, inOrder, outside } from './printed-dates.ts'

/** Each date of a text as `order:year-month-day` per reading. */
const told = (text: string) =>
  findDates(text).map(({ readings }) =>
    readings.map(({ order, year, month, day }) => `${order}:${year ?? '?'}-${month}-${day}`).join(' '),
  )

it.each([
  ['31.01.2025', ['dmy:2025-1-31']],
  ['03/04/2025', ['dmy:2025-4-3 mdy:2025-3-4']],
  ['12/31/24', ['mdy:2024-12-31']],
  ['1er janvier 2025', ['named:2025-1-1']],
  ['31. Januar 2025', ['named:2025-1-31']],
  ['1º de enero de 2025', ['named:2025-1-1']],
  ['3 mrt. 2025', ['named:2025-3-3']],
  ['15 września 2024', ['named:2024-9-15']],
  ['le 3 AOÛT 2024', ['named:2024-8-3']],
  ['31-Jan-25', ['named:2025-1-31']],
  ['January 31, 2025', ['named:2025-1-31']],
  ['15 jan 12,50', ['named:?-1-15']],
  ['Dec 31', ['named:?-12-31']],
  ['30.12.', ['dmy:?-12-30']],
  ['01.02. 03.02.', ['dmy:?-2-1 mdy:?-1-2', 'dmy:?-2-3 mdy:?-3-2']],
  ['2025-01-31T10:00:00', ['ymd:2025-1-31']],
  ['vom 01.03.2025-31.03.2025', ['dmy:2025-3-1 mdy:2025-1-3', 'dmy:2025-3-31']],
  ['May 5, 2025 to May 31, 2025', ['named:2025-5-5', 'named:2025-5-31']],
  ['29.02.2024', ['dmy:2024-2-29']],
])('finds the dates of "%s"', (text, dates) => {
  expect(told(text)).toEqual(dates)
})

it.each(['29.02.2023', '12.50', '1.234,50', 'Invoice 12/2025', '45.13.2025', 'juin 2025', '12-11-25-89', ''])(
  'finds no date in "%s"',
  (text) => {
    expect(told(text)).toEqual([])
  },
)

it('takes a text for a date only where all of it is one', () => {
  expect(dateReadings('31.01.2025')).toHaveLength(1)
  expect(dateReadings('Datum 31.01.2025')).toEqual([])
})

const anyDay = date({ min: new Date('1950-01-01'), max: new Date('2079-12-31'), noInvalidDate: true })
const languages = constantFrom('en', 'de', 'fr', 'es', 'nl', 'it', 'pt', 'pl')
it('reads back any day in any order and in eight languages', () => {
  assert(
    property(
      anyDay,
      languages,
      constantFrom('.', '/', '-'),
      boolean(),
      (moment, language, mark, american) => {
        const iso = moment.toISOString().slice(0, 10)
        const [year = '', month = '', dayOfMonth = ''] = iso.split('-')
        const order = american ? 'mdy' : 'dmy'
        const numeric = (american ? [month, dayOfMonth, year] : [dayOfMonth, month, year]).join(mark)
        const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
        const long = new Intl.DateTimeFormat(language, format).format(moment)
        for (const text of [iso, numeric, long]) {
          const reading = inOrder(findDates(text)[0]?.readings ?? [], order)
          expect(reading && dayOf(reading), text).toBe(iso)
        }
      },
    ),
  )
})

it('finds the year of days over New Year', () => {
  const period = { from: '2024-12-30', to: '2025-01-31' }
  const within = (text: string) => dateReadings(text).map((reading) => dayWithin(reading, period))[0]
  expect(['30.12.', '02.01.', '31.01.', '28.12.', '02.02.'].map(within)).toEqual([
    '2024-12-30',
    '2025-01-02',
    '2025-01-31',
    '2024-12-28',
    '2025-02-02',
  ])
  expect(outside('2025-02-02', period)).toBe(2)
})

it('looks at no more of a line than a line has', () => {
  expect(findDates('1.1.'.repeat(100_000)).length).toBeLessThan(2000)
})
