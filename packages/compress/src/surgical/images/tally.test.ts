import { expect, it } from 'vitest'
import { pagesTold } from '../../report/pages.ts'
import { imagesTold, openTally } from './tally.ts'

it('tells what a lossless image takes in the result, once it was packed again, and of others what was made', () => {
  const tally = openTally()
  const seen = { class: 'colour', pages: [1], ppi: 150, coverage: 1, before: 9000 } as const
  tally.add({ ...seen, reference: '4 0 R', form: 'lossless', after: 5000 })
  tally.add({ ...seen, reference: '5 0 R', form: 'jpeg', after: 3000 })
  tally.add({ ...seen, reference: '6 0 R', form: 'lossless', after: 2000 })
  tally.packedAgain((reference) => (reference === '4 0 R' ? 4800 : undefined))
  const told = imagesTold(tally.all())
  expect(told.pictures.map(({ bytesAfter }) => bytesAfter)).toEqual([4800, 3000, 2000])
  expect(told.images).toMatchObject([{ renewed: 3, bytesAfter: 9800 }])
  const { pageReports } = pagesTold({ outcomes: tally.all(), passes: [], looks: [] })
  expect(pageReports).toMatchObject([{ page: 1, bytesAfter: 9800 }])
})
