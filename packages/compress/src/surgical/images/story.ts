import type { PageDamage } from '@pdf-smaller/judge/damage'
import type { PdfObjects } from '@pdf-smaller/pdf'
import type { RefusedForm } from '../../report/picture.ts'
import type { Renewed } from './encodings.ts'
import type { Image } from './examine.ts'
import { rulesFor } from './rules.ts'
import { formOf, type Seen } from './seen.ts'
import { classOf, type ImageOutcome } from './tally.ts'

/** What comes of an image that is encoded again and again. */
export type Story = {
  /** The form that it had was refused. */
  refused: (damage: PageDamage) => void
  /** What has come of it now. It holds on to nothing that was made. */
  became: (renewed: Renewed) => ImageOutcome
}

export function openStory(image: Image, where: Seen, copy: PdfObjects): Story {
  const { facts, place, bytes } = image
  const common = {
    class: classOf(facts, place),
    before: bytes,
    rules: rulesFor(image, copy),
    ...where,
  }
  const refusals: RefusedForm[] = []
  let last: ReturnType<typeof formOf> | undefined
  return {
    refused: (damage) => {
      if (last) refusals.push(refusedFor(damage, last))
    },
    became: (renewed) => {
      const refused = [...(renewed.refused ?? []), ...refusals]
      last = 'made' in renewed ? formOf(renewed.made, facts.width, where.ppi) : undefined
      return 'kept' in renewed
        ? { ...common, kept: renewed.kept, refused }
        : { ...common, ...formOf(renewed.made, facts.width, where.ppi), refused }
    },
  }
}

function refusedFor(
  { page, code, measured, limit }: PageDamage,
  { form, after, ppiAfter }: ReturnType<typeof formOf>,
): RefusedForm {
  return {
    form,
    ...(ppiAfter === undefined ? {} : { ppi: Math.round(ppiAfter) }),
    bytes: after,
    reason: code,
    page,
    ...(measured === undefined || limit === undefined ? {} : { measured, limit }),
  }
}
