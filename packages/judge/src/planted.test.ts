import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engineContext, type TestContext } from '@pdf-smaller/engines/testing/context'
import { damages, lockedReport } from '../testing/planted/damages/index.ts'
import { long, prices, report } from '../testing/planted/originals.ts'
import type { Case, OriginalName } from '../testing/planted/planted.ts'
import { lossySound, sound } from '../testing/planted/sound/index.ts'
import { openTrial, type Trial } from '../testing/planted/trial.ts'

/** Opens each original once. */
function openTrials({ context, folder }: TestContext) {
  const pdfs: Record<OriginalName, () => Promise<Buffer> | Buffer> = {
    report,
    locked: async () => lockedReport(await report(), folder),
    long,
    prices,
  }
  const opened = new Map<OriginalName, Promise<{ pdf: Buffer; trial: Trial }>>()
  const open = async (name: OriginalName) => {
    const pdf = await pdfs[name]()
    return { pdf, trial: await openTrial(pdf, context) }
  }
  return (name: OriginalName) => {
    const known = opened.get(name) ?? open(name)
    opened.set(name, known)
    return known
  }
}

let test: TestContext
let trialOf: ReturnType<typeof openTrials>
beforeAll(async () => {
  test = await engineContext()
  trialOf = openTrials(test)
})
afterAll(() => test[Symbol.asyncDispose]())

/** What each judge says of a change, and has to say: of a damage what it is, of what is sound nothing. */
async function verdicts(
  { original, change, judges, pages }: Case,
  level: 'maximum' | 'medium' | undefined,
): Promise<(string | undefined)[]> {
  const { pdf, trial } = await trialOf(original)
  const changed = await change(pdf, test.folder)
  expect(changed.equals(pdf)).toBe(false)
  const by = {
    compressed: () => trial.compressed(changed, level),
    assembled: () => trial.assembled(changed, pages),
  }
  return Promise.all(judges.map((judge) => by[judge]()))
}

describe('damage', () => {
  it.each(damages)('$kind: $what', async (planted) => {
    for (const verdict of await verdicts(planted, 'maximum')) expect(verdict).toMatch(planted.says ?? /./)
  })
})

/** What loses nothing is looked at once, by the judge that lets nothing go. */
const levels = [
  ...sound.map((each) => ({ ...each, level: undefined })),
  ...lossySound.map((each) => ({ ...each, level: 'medium' as const })),
]

describe('what is sound', () => {
  it.each(levels)('$kind: $what', async ({ level, ...changed }) => {
    for (const verdict of await verdicts(changed, level)) expect(verdict).toBeUndefined()
  })
})
