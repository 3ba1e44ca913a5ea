import type { Picture } from './picture-to-pack.ts'
import { greyed, lumaOf } from '@pdf-smaller/pictures/pixels'
import { gentler } from '../../levels.ts'
import type { RefusedForm } from '../../report/picture.ts'
import type { NewStream } from '../new-stream.ts'
import { decodeJpeg } from './codec.ts'
import { type Form, type Forms, lossyGain, openForms, type Proposal } from './forms.ts'
import type { LayeredForm } from './layers/form.ts'
import { draftLayers, type LayeredPage, layeredPage } from './layers/layered.ts'
import { patchedPage } from './layers/patched.ts'
import { ppiOf } from './places.ts'
import { isEnlarged, legible } from './reading/legible.ts'
import { isWhole, type Losses } from './reading/losses.ts'
import { isOnPaper, lossesIn } from './reading/readable.ts'
import { once } from './trial.ts'
import { openView } from './view.ts'

type Renewed = NewStream | LayeredForm | undefined

/** So many encodings are looked at before the picture is left as it is: each level at each resolution. */
const mostTries = 12

/** Encodes an image of several bits to a sample anew; undefined when that gains nothing. */
export async function renewPixels(original: Picture): Promise<Renewed> {
  const turnsGrey = original.settings.colours === 'grayscale' && original.pixels.channels === 3
  const picture = turnsGrey
    ? { ...original, pixels: greyed(original.pixels), space: '/DeviceGray' }
    : original
  // An image that turns grey is taken whatever its size.
  const bytes = turnsGrey ? Infinity : picture.bytes
  const { pixels, place, settings, space, lasting } = picture
  const forms = openForms(picture, bytes)
  const isRead = once(() => !settings.insists && !place.isSoftMask && isOnPaper(pixels))
  const read = once(() => legible(pixels, ppiOf(place)))
  const view = once(() => openView(lumaOf(pixels), place.viewPpi / ppiOf(place)))
  const layers = picture.mayBeLayered ? await draftLayers(pixels, place, settings) : undefined
  const first = await forms.bargain(settings, layers?.cost)
  const layered = (page: LayeredPage | undefined): Renewed =>
    page && page.bytes < bytes * lossyGain ? { page, space, dictionary: lasting } : undefined
  const asLayers = once(async (): Promise<Renewed> => {
    const fine = await read()
    return layered(fine && (await layeredPage(fine, pixels, place, settings)))
  })
  if (layers && layers.cost < first.chosen.cost) {
    const page = await asLayers()
    if (page) return page
  }
  const completed = async (
    { stream, jpeg }: Form,
    { settings: own, chosen }: Proposal,
  ): Promise<Completed> => {
    const fine = jpeg && isRead() ? await read() : undefined
    if (!jpeg || !fine) return { made: stream }
    const shown = await decodeJpeg(jpeg.bytes, pixels.channels, jpeg.width * jpeg.height)
    const { lost } = view().lossOf(view().of(lumaOf(shown)))
    if (lost > settings.mostLost) {
      const mostLost = (settings.mostLost * chosen.lost * clearlyLess) / lost
      return { mostLost, why: { reason: 'look_lost', measured: lost, limit: settings.mostLost } }
    }
    const { fine: usual, coarse } = own.leastKept
    const leastKept = isEnlarged(fine, pixels) ? coarse : usual
    const losses = await lossesIn(fine, shown, { mostColour: settings.mostColour, leastKept })
    if (!losses || isWhole(losses)) return losses ? { made: stream } : {}
    // Of few pixels to a letter, what loses a mark has worn those beside it, too.
    const mayBePatched = picture.mayBeLayered && !isEnlarged(fine, pixels)
    const made = mayBePatched && layered(await patchedPage({ ...jpeg, lost }, pixels, fine, losses))
    return made ? { made } : { why: whyOf(losses) }
  }
  const inOne = await firstWhole(forms, await forms.bargain(settings), {
    completed,
    refused: (why, { stream: { bytes } }, { ppi }) =>
      picture.tellRefused({
        form: 'jpeg',
        bytes: bytes.length,
        ...(place.ppi === undefined ? {} : { ppi: Math.round(ppi) }),
        ...why,
      }),
    rival: layers ? { size: layers.size, make: asLayers } : undefined,
    isTaken: turnsGrey,
  })
  // Where nothing else gains, layers need be no better than the level asks for.
  return inOne ?? (await asLayers())
}

/** A form with what it loses put over it, where that is little; or the loss, by what bands tell, that the whole may come to. */
type Completed = { made?: Renewed; mostLost?: number; why?: Why }

type Why = Pick<RefusedForm, 'reason' | 'measured' | 'limit'>

/** What a form loses that a reader reads. */
const whyOf = ({ faded, discoloured }: Losses): Why =>
  faded.length > 0
    ? { reason: 'marks_gone', measured: faded.length, limit: 0 }
    : { reason: discoloured.length > 0 ? 'colours_changed' : 'part_differs' }

/** What bands tell of another encoding is wrong by less. */
const clearlyLess = 0.95

type Search = {
  completed: (form: Form, proposal: Proposal) => Promise<Completed>
  refused: (why: Why, form: Form, proposal: Proposal) => void
  /** Another form, and about what it takes (natural logarithm). */
  rival: { size: number; make: () => Promise<Renewed> } | undefined
  /** Whether the gentlest form is taken even where it loses something. */
  isTaken: boolean
}

/**
 * The smallest form in which nothing is lost that a reader reads, among the bargains of the level at each resolution,
 * those of gentler levels, and a rival: so no level makes more of a picture than a gentler one does.
 */
async function firstWhole(
  forms: Forms,
  first: Proposal,
  { completed, refused, rival, isTaken }: Search,
): Promise<Renewed> {
  let open = [first]
  let other = rival
  let last: Form | undefined
  const seen = new Set([nameOf(first)])
  for (let tries = 0; open.length > 0 && tries < mostTries; tries++) {
    const [proposal, ...rest] = open.toSorted((a, b) => a.chosen.size - b.chosen.size)
    if (!proposal) break
    if (other && other.size < proposal.chosen.size) {
      const made = await other.make()
      if (made)
        return other && other.size < Math.log(bytesOf(made)) ? smaller(made, await other.make()) : made
      other = undefined
    }
    const form = await forms.made(proposal)
    const { made, mostLost, why }: Completed = form ? await completed(form, proposal) : {}
    if (made) return other && other.size < Math.log(bytesOf(made)) ? smaller(made, await other.make()) : made
    if (form && why) refused(why, form, proposal)
    last = form ?? last
    // What is no bargain does not become one where it is finer.
    const next = form
      ? (await nextTo(forms, proposal, mostLost)).filter((each) => !seen.has(nameOf(each)))
      : []
    for (const each of next) seen.add(nameOf(each))
    open = [...rest, ...next]
  }
  return (await other?.make()) ?? (await forms.lossless()) ?? (isTaken ? last?.stream : undefined)
}

const bytesOf = (made: NewStream | LayeredForm) => ('page' in made ? made.page.bytes : made.bytes.length)

const smaller = (one: NewStream | LayeredForm, other: Renewed) =>
  other && bytesOf(other) < bytesOf(one) ? other : one

/**
 * What may be tried where an encoding loses something: the same settings with more pixels, and the gentler level.
 * @param mostLost the bound to be tried in place of these, where it is only that
 */
async function nextTo(
  forms: Forms,
  { settings, ppi }: Proposal,
  mostLost: number | undefined,
): Promise<Proposal[]> {
  if (mostLost !== undefined) return [await forms.bargain({ ...settings, mostLost })]
  const [most, ...finer] = settings.resolutions.filter((each) => each > ppi * slightlyMore)
  const gentle = gentler(settings)
  return Promise.all([
    ...(most === undefined ? [] : [forms.bargain({ ...settings, resolutions: [most, ...finer] })]),
    ...(gentle ? [forms.bargain(gentle)] : []),
  ])
}

const nameOf = ({ ppi, chosen }: Proposal) => `${Math.round(ppi)} ppi, ${chosen.quality}`

/** Resolutions are no whole numbers of pixels. */
const slightlyMore = 1.02
