import type { PageDamage } from '@pdf-smaller/judge'
import { closerLayers, gentler, type Settings, within } from '../levels.ts'
import type { EncodedImage } from '../surgical/images/encoded.ts'
import { inParallel } from '../surgical/in-parallel.ts'
import type { Work } from '../work.ts'

/**
 * Pages in layers get closer ones first, and those of gentler levels. Images are encoded within a bound so often, then as at the gentler level, and at
 * last stay as they are.
 */
const mostBounds = 2
/** Of what an image has lost by how much too much, less is asked for, as the part and the whole do not go together exactly. */
const margin = 0.9
/** Images that have lost less than this part of what the worst of their page has did not do it. */
const innocent = 0.5
/** What can't be measured counts for so many times of what may be lost. */
const unmeasured = 1.3

/** Encodes images of damaged pages again, and no others. */
export type GentlerImages = {
  /** Whether any image of a page could be nearer to what it was. */
  mayHelp: (page: number) => boolean
  /** @param isLast whether there is no time for anything between */
  encode: (damages: readonly PageDamage[], isLast: boolean) => Promise<void>
}

/** What it needs of the work. */
type OfWork = Pick<Work, 'encoded' | 'settings' | 'tally'> & {
  context: Pick<Work['context'], 'engine' | 'signal'>
}

export function openGentlerImages(work: OfWork): GentlerImages {
  const { encoded, settings, context } = work
  const turns = new Map<EncodedImage, number>()
  const newOn = (page: number) =>
    [...encoded.all.values()].filter(({ form, pages }) => form.isNew && isAmong(page, pages))
  return {
    mayHelp: (page) => !settings.insists && newOn(page).length > 0,
    encode: async (damages, isLast) => {
      const asked = new Map<EncodedImage, Settings | undefined>()
      const blamed = new Map<EncodedImage, PageDamage>()
      for (const damage of damages) {
        const images = newOn(damage.page)
        for (const image of isLast ? images : guiltyOf(damage, images)) {
          blamed.set(image, damage)
          const turn = isLast ? Infinity : (turns.get(image) ?? 0)
          const known = asked.get(image)
          const next = nextSettings(image, turn, damage)
          asked.set(image, known && next && known.mostLost < next.mostLost ? known : next)
        }
      }
      await inParallel(context.engine.cores, [...asked], async ([image, next]) => {
        context.signal.throwIfAborted()
        turns.set(image, (turns.get(image) ?? 0) + 1)
        await image.encode(next, blamed.get(image))
      })
      work.tally.clear()
      encoded.countAll()
    },
  }
}

function isAmong(page: number, pages: Iterable<number>): boolean {
  for (const each of pages) if (each === page) return true
  return false
}

/** The images of a page that have lost most of it: where the page as a whole has lost too much, for their size. */
function guiltyOf({ code }: PageDamage, images: readonly EncodedImage[]): readonly EncodedImage[] {
  const isOfPage = code === 'page_differs'
  const share = ({ form, coverage }: EncodedImage) => form.lost * (isOfPage ? coverage : 1)
  const most = Math.max(...images.map(share))
  return images.filter((image) => share(image) >= most * innocent)
}

/** How an image is encoded next that goes too far for its page; undefined where it is to be as it was. */
function nextSettings(
  { form, asked }: EncodedImage,
  turn: number,
  { code, times, measured }: PageDamage,
): Settings | undefined {
  // What stays as it is keeps its colours.
  const last = asked.colours === 'keep' ? undefined : within(asked, 0)
  if (turn > mostBounds || form.lost === 0 || measured === undefined) return last
  const isOfPage = code === 'page_differs' || code === 'part_differs'
  const bound = (form.lost / (times ?? unmeasured)) * margin
  const layers = form.isLayered
    ? nextLayers(asked, turn, times ?? unmeasured, isOfPage ? bound : asked.mostLost)
    : undefined
  if (layers) return layers
  // In one piece, an image loses other things than in layers.
  if (form.isLayered && times === undefined) return within(asked, asked.mostLost)
  const own = turn < mostBounds ? asked : gentler(asked)
  return own ? within(own, bound) : last
}

/** Layers that keep more of a page, and then those of the gentler levels; undefined where one piece is to be tried. */
function nextLayers(asked: Settings, turn: number, times: number, mostLost: number): Settings | undefined {
  if (turn === 0) return closerLayers(asked, turn, times, mostLost)
  let own: Settings | undefined = asked
  for (let step = 0; own && step < turn; step++) own = gentler(own)
  if (own?.layers === 'bargain') return own
  return turn === 1 ? closerLayers(asked, turn, times, mostLost) : undefined
}
