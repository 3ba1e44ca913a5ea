import type { Picture } from './picture-to-pack.ts'
import { greyed } from '@pdf-smaller/pictures/pixels'
import { gentler, type Settings } from '../../levels.ts'
import type { NewStream } from '../new-stream.ts'
import { type Form, type Forms, lossyGain, openForms, type Proposal } from './forms.ts'
import type { LayeredForm } from './layers/form.ts'
import { draftLayers, type LayersDraft } from './layers/layered.ts'
import { ppiOf, weightOf } from './places.ts'
import { type Legible, legible } from './reading/legible.ts'
import { isOnPaper, isReadable } from './reading/readable.ts'
import { once } from './trial.ts'

type Renewed = NewStream | LayeredForm | undefined

/** So many encodings are looked at before the picture is left as it is: each level at each resolution. */
const mostTries = 10

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
  const layers = picture.mayBeLayered ? await layersOf(picture, await read()) : undefined
  const first = await forms.bargain(settings, layers?.draft.cost)
  const asLayers = once(async (): Promise<Renewed> => {
    const page = await layers?.whole()
    return page && page.bytes < bytes * lossyGain ? { page, space, dictionary: lasting } : undefined
  })
  if (layers && isBetter(layers, first, settings)) {
    const page = await asLayers()
    if (page) return page
  }
  const isWhole = async ({ jpeg }: Form, { settings: own }: Proposal) => {
    const fine = jpeg && isRead() ? await read() : undefined
    if (!jpeg || !fine) return true
    const { fine: usual, coarse } = own.leastKept
    const leastKept = fine.page === pixels ? usual : coarse
    return isReadable(fine, jpeg, { mostColour: settings.mostColour, leastKept })
  }
  const mayFollow = layers && settings.layers === 'bargain'
  const inOne = await firstWhole(forms, await forms.bargain(settings), {
    isWhole,
    rival: mayFollow ? { size: Math.log(layers.draft.bytes), make: asLayers } : undefined,
    isTaken: turnsGrey,
  })
  // Where nothing else gains, layers need be no better than the level asks for.
  return inOne ?? (await asLayers())
}

const layersOf = async ({ pixels, settings, place }: Picture, fine: Legible | undefined) =>
  fine && draftLayers(fine, pixels, settings, weightOf(place))

const isBetter = ({ draft }: LayersDraft, { chosen }: Proposal, { layers }: Settings) =>
  draft.cost < chosen.cost && (layers === 'bargain' || draft.lost <= chosen.lost)

type Search = {
  isWhole: (form: Form, proposal: Proposal) => Promise<boolean>
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
  { isWhole, rival, isTaken }: Search,
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
      if (made) return made
      other = undefined
    }
    const form = await forms.made(proposal)
    if (form && (await isWhole(form, proposal))) return form.stream
    last = form ?? last
    // What is no bargain does not become one where it is finer.
    const next = form ? (await nextTo(forms, proposal)).filter((each) => !seen.has(nameOf(each))) : []
    for (const each of next) seen.add(nameOf(each))
    open = [...rest, ...next]
  }
  return (await other?.make()) ?? (await forms.lossless()) ?? (isTaken ? last?.stream : undefined)
}

/** What may be tried where an encoding loses something: the same settings with more pixels, and the gentler level. */
async function nextTo(forms: Forms, { settings, ppi }: Proposal): Promise<Proposal[]> {
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
