import { JobFailure } from '@pdf-smaller/contracts'
import { expect, it } from 'vitest'
import { textPages } from '@pdf-smaller/testing/pdf/odd-files'
import { openContext } from '../testing/context.ts'
import { type Candidate, choose } from './candidates.ts'
import { inspectedForCompression } from './inspect.ts'
import { settingsOf } from './levels.ts'
import { openEncoded } from './surgical/images/encoded.ts'
import { noEncodings } from './surgical/images/encodings.ts'
import { openTally } from './surgical/images/tally.ts'
import { untouched, type Work } from './work.ts'

const pdf = textPages([['one'], ['two']])

const candidate = (name: string, bytes: number, changed: number[]): Candidate => ({
  path: `${name}.pdf`,
  bytes,
  report: { name, outcome: 'kept', bytes },
  compared: { pages: [1, 2], changed },
})

/** What is chosen where the given pages take too long to draw. */
async function chosenWithout(undrawable: readonly number[], candidates: Candidate[]) {
  await using test = await openContext([{ name: 'a.pdf', bytes: pdf }])
  const { context } = test
  const [input] = context.inputs
  if (!input) throw new Error('there is no input')
  const judge: Work['judge'] = async (_, compared) => {
    if (compared.some((page) => undrawable.includes(page))) throw new JobFailure('engine_timeout')
    return compared.length > 0
      ? { look: { ssim: 1, worstTile: 1, pagesCompared: compared.length, pages: [] } }
      : {}
  }
  const work: Work = {
    document: await inspectedForCompression(input, context.engine),
    analysis: { text: [], images: [] },
    judge,
    settings: settingsOf('medium', context.options),
    context,
    encoded: openEncoded(),
    encodings: noEncodings,
    tally: openTally(),
    packed: new Map(),
    ...untouched(),
    drawn: () => Promise.reject(new Error('nothing is drawn anew')),
  }
  const tried = candidates.map((each) => ({ report: each.report, candidate: each }))
  return choose(tried, work)
}

it('of pages that take too long to draw, only what changes nothing that is drawn is taken', async () => {
  const [contents, surgical] = [candidate('contents', 10, [1, 2]), candidate('surgical', 20, [])]
  const chosen = await chosenWithout([1], [contents, surgical])
  expect(chosen?.winner.report).toMatchObject({ name: 'surgical', outcome: 'won' })
  expect(chosen?.look).toBeUndefined()
  expect(contents.report).toMatchObject({
    outcome: 'rejected',
    why: expect.stringContaining('too long to draw'),
  })
})

it('pages that may look different are compared where only others take too long to draw', async () => {
  const chosen = await chosenWithout([1], [candidate('surgical', 20, [2])])
  expect(chosen?.look?.pagesCompared).toBe(1)
})

it('nothing is taken where a page that may look different takes too long to draw', async () => {
  expect(await chosenWithout([2], [candidate('surgical', 20, [2])])).toBeUndefined()
})
