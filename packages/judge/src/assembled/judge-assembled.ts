import { readPdf } from '@pdf-smaller/pdf'
import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from '@pdf-smaller/engines'
import type { Budget } from '../budget.ts'
import { spread } from '../look/sample.ts'
import { type Looked, nothingLooked } from '../looked.ts'
import type { Asked, Origin } from './asked.ts'
import { factsDamage, type Found } from './facts.ts'
import { pageLookDamage, pageTextDamage } from './page-damage.ts'
import { drawnPair } from '../look/pairs.ts'
import { unlessUnreadable } from '../unreadable.ts'
import { isSamePage } from './same-page.ts'
import { pagesAtOnce, type PageTexts, type Texts } from './page-texts.ts'
import { type Known, knownOf, openSources, type Sources } from './sources.ts'

/** What the judge says of a document: how much it looked at, and what of the sources it found; nothing in haste. */
export type Verdict = { looked: Looked; found: Found | undefined }

/** Judges files that were made of the same sources, which it keeps open. */
export type JudgeAssembled = Disposable & {
  /**
   * @param isHasty whether the file may be left unread where the budget is used up
   * @throws JobFailure result_damaged
   */
  judge: (file: string, asked: Asked, isHasty?: boolean) => Promise<Verdict>
}

/** Pages whose look is compared at first, and at most. */
const [fewLooks, mostLooks] = [4, 24]
/** So many pages are read, and those first ones drawn, however busy the machine is; none is drawn for longer. */
const [fewTexts, firstDrawingMs] = [40, 3000]

/** A new page and what it shows. */
type Pair = { page: number; origin: Origin }

/** A file on trial. */
type Trial = {
  result: Known
  sources: Sources
  /** What is looked at whatever the budget says. */
  free: { looks: number; texts: number }
  budget: Budget
  context: EngineContext
}

/**
 * Judges documents that were made of pages of others, by what they were asked to be: what they carry, then the look of
 * some pages, then the text of all, then the look of more, as far as the budget goes.
 */
export function openAssembledJudge(given: EngineContext, budget: Budget): JudgeAssembled {
  const context = budget.charged(given)
  const sources = openSources(context)
  const free = { looks: fewLooks, texts: fewTexts }
  const judge = async (file: string, asked: Asked, isHasty = false): Promise<Verdict> => {
    const pairs = asked.pages.flatMap((origin, index): Pair[] =>
      origin ? [{ page: index + 1, origin }] : [],
    )
    const looked = { ...nothingLooked(), pages: pairs.length }
    if (isHasty && free.texts <= 0 && budget.left() <= 0) return { looked, found: undefined }
    const { result, found } = await budget.spend(async () => carried(file, asked, sources, context))
    looked.carried = pairs.length
    try {
      await lookAtPages(pairs, looked, { result, sources, free, budget, context })
    } finally {
      result.drawable.pdfium.close()
    }
    return { looked, found }
  }
  return { judge, [Symbol.dispose]: () => sources[Symbol.dispose]() }
}

/** Compares what a file carries with what it was asked to. */
async function carried(file: string, asked: Asked, sources: Sources, context: EngineContext) {
  const { objects, pages, looseBytes } = await readPdf(file, context)
  if (looseBytes > 0) refuse(`${looseBytes} bytes of it belong to nothing`)
  const result = knownOf({ path: file, objects, pages }, context)
  const { damage, found } = await factsDamage(asked, result.facts, (each) => sources.of(each).facts)
  refuse(damage)
  return { result, found }
}

function refuse(damage: string | undefined): void {
  if (damage !== undefined) throw new JobFailure('result_damaged', damage)
}

async function lookAtPages(pairs: readonly Pair[], looked: Looked, trial: Trial): Promise<void> {
  const seen = new Set<Pair>()
  const look = async (sample: readonly Pair[]) => {
    for (const pair of sample) {
      if (seen.has(pair) || seen.size >= mostLooks) continue
      seen.add(pair)
      looked.look += await compareLook(pair, trial)
    }
  }
  // Whatever is found to be the same, some pages are drawn.
  await look(spread(pairs, Math.max(0, trial.free.looks)))
  const withoutText: Pair[] = []
  const [changed, redrawn]: [Pair[], Pair[]] = [[], []]
  for (const pair of inSpreadChunks(pairs)) {
    const isFree = trial.free.texts-- > 0
    if (!isFree && trial.budget.left() <= 0) break
    const isSame = !seen.has(pair) && (await isUntouched(pair, trial))
    if (isSame) looked.look++
    else {
      changed.push(pair)
      // One that was looked at already need not be found again.
      if (!seen.has(pair) && (await isRedrawn(pair, trial))) redrawn.push(pair)
    }
    // What is the same says the same; that readers find it so is tried on the first ones.
    looked.text += isSame && !isFree ? 1 : await compareText(pair, withoutText, trial)
  }
  await look(spread(redrawn, mostLooks))
  // Of what has no text only the look tells, and what is the same looks the same.
  const isChanged = new Set(changed)
  await look(
    spread(
      withoutText.filter((pair) => isChanged.has(pair)),
      mostLooks,
    ),
  )
  await look(spread(changed, mostLooks))
}

/** Whether nothing was to be done to a page, and nothing was. */
async function isUntouched({ page, origin }: Pair, { result, sources, budget }: Trial): Promise<boolean> {
  if (origin.change) return false
  const source = sources.of(origin.part.document)
  const [before, after] = [source.pages[origin.page - 1], result.pages[page - 1]]
  if (before === undefined || after === undefined) return false
  return budget.spend(() =>
    isSamePage({ objects: source.objects, page: before }, { objects: result.objects, page: after }),
  )
}

/** Whether a page that was to stay as it is draws something else than it did. */
const isRedrawn = async ({ page, origin }: Pair, { result, sources, budget }: Trial): Promise<boolean> => {
  if (origin.change) return false
  const had = sources.of(origin.part.document).facts
  return budget.spend(async () => (await had.drawn(origin.page)) !== (await result.facts.drawn(page)))
}

async function compareText(
  pair: Pair,
  withoutText: Pair[],
  { result, sources, budget }: Trial,
): Promise<0 | 1> {
  const { page, origin } = pair
  const { texts } = sources.of(origin.part.document)
  const read = await textsOfPair(texts, origin.page, result.texts, page)
  if (!read) return 0
  const [before, after] = read
  if (before.trim() === '') withoutText.push(pair)
  const damage = await budget.spend(() => pageTextDamage(page, origin, before, after))
  // What stands in fields belongs to what was read, and PDFium does not give it as text of the page.
  const isFound =
    damage !== undefined &&
    origin.change?.text !== undefined &&
    (await budget.spend(() => isTextFoundByPoppler(pair, texts.poppler, result.texts.poppler)))
  refuse(isFound ? undefined : damage)
  return 1
}

async function isTextFoundByPoppler({ page, origin }: Pair, had: PageTexts, has: PageTexts) {
  const [before, after] = await Promise.all([had(origin.page), has(page)])
  if (before === undefined || after === undefined) return false
  return (await pageTextDamage(page, origin, before, after)) === undefined
}

/** What a page said and says, both read by the same program. */
async function textsOfPair(before: Texts, from: number, after: Texts, to: number) {
  const by = async (had: PageTexts, has: PageTexts) => {
    const [one, other] = await Promise.all([had(from), has(to)])
    return one === undefined || other === undefined ? undefined : ([one, other] as const)
  }
  return (await by(before.pdfium, after.pdfium)) ?? (await by(before.poppler, after.poppler))
}

async function compareLook({ page, origin }: Pair, trial: Trial): Promise<0 | 1> {
  const { result, sources, free, budget, context } = trial
  const ms = Math.round(Math.max(budget.left(), free.looks-- > 0 ? firstDrawingMs : 0))
  if (ms <= 0) return 0
  const source = sources.of(origin.part.document)
  const [had, has] = [await source.facts.page(origin.page), await result.facts.page(page)]
  // Links that led to other pages may have had borders, and fields get what a form has for all of them.
  const withoutAnnotations =
    had.annotations.length !== has.annotations.length ||
    had.annotations.some(({ field }) => field !== undefined)
  const pair = { before: origin.page, after: page, withoutAnnotations, ms }
  const drawn = await unlessUnreadable(() => drawnPair(source.drawable, result.drawable, pair, context))
  if (!drawn) {
    // What takes so long at one page does so at the next.
    free.looks = 0
    return 0
  }
  refuse(
    'damage' in drawn
      ? drawn.damage
      : await budget.spend(async () => pageLookDamage(page, origin, had.inches, drawn.before, drawn.after)),
  )
  return 1
}

/** The pages in such an order that the first ones tell of all of them, some together that are read in one go. */
function inSpreadChunks(pairs: readonly Pair[]): Pair[] {
  const chunks = [...Map.groupBy(pairs, ({ page }) => Math.floor((page - 1) / pagesAtOnce)).values()]
  return [...new Set([...spread(chunks, 8), ...chunks])].flat()
}
