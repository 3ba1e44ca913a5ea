import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engineContext, type TestContext } from '../../engines/testing/context.ts'
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
  const tally: Record<string, number> = {}
  test = await engineContext({
    onExit: (u) => {
      tally[u.engine] = (tally[u.engine] ?? 0) + (u.processorMs ?? u.wallMs)
    },
  })
  process.on('exit', () =>
    console.log('TALLY', tally, process.cpuUsage(), process.resourceUsage().userCPUTime),
  )
  trialOf = openTrials(test)
})
afterAll(() => test[Symbol.asyncDispose]())

const said = async ({ original, change, judges, pages }: Case, level: 'low' | 'medium' | 'maximum') => {
  const { pdf, trial } = await trialOf(original)
  const changed = await change(pdf, test.folder)
  expect(changed.equals(pdf)).toBe(false)
  return {
    ...(judges.includes('compressed') ? { compressed: await trial.compressed(changed, level) } : {}),
    ...(judges.includes('assembled') ? { assembled: await trial.assembled(changed, pages) } : {}),
  }
}

describe('damage', () => {
  it.each(damages)('$kind: $what', async (planted) => {
    const found = await said(planted, 'maximum')
    console.log(
      'RESULT',
      planted.kind,
      '|',
      planted.what,
      '|',
      JSON.stringify(found, (_, v) => v ?? '-----'),
    )
    for (const judge of planted.judges) expect(found[judge]).toEqual(expect.any(String))
  })
})

describe('what is sound', () => {
  it.each([
    ...sound.map((each) => ({ ...each, level: 'low' as const })),
    ...lossySound.map((each) => ({ ...each, level: 'medium' as const })),
  ])('$kind: $what', async ({ level, ...changed }) => {
    const found = await said(changed, level)
    console.log(
      'SOUND',
      changed.kind,
      '|',
      changed.what,
      '|',
      JSON.stringify(found, (_, v) => v ?? '-----'),
    )
    for (const judge of changed.judges) expect([judge, found[judge]]).toEqual([judge, undefined])
  })
})
