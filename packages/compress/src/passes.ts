import path from 'node:path'
import { pagesToCompare } from '@pdf-smaller/judge'
import { renewContents, whyNotContents } from './drawn-anew/contents.ts'
import { renewFonts, whyNotFonts } from './drawn-anew/font-programs.ts'
import type { DrawnAnew } from './mending/drawn-anew.ts'
import type { GentlerImages } from './mending/images.ts'
import type { Mends } from './mending/mend.ts'
import { objectPacking } from './objects/packing.ts'
import { rewriteSurgically } from './surgical/rewrite.ts'
import type { Skipped } from './report/reasons.ts'
import type { Work } from './work.ts'

/** A way to make a document smaller. */
export type CompressionPass = {
  name: string
  /** Why it need not be tried; undefined when it is to be. */
  unfit: (work: Work) => Promise<Skipped | undefined> | undefined
  /**
   * Writes what it makes to `output`.
   * @returns why it made nothing
   */
  make: (work: Work, output: string) => Promise<Skipped | undefined | void>
  compared: (work: Work) => ComparedPages
  /** Whether it puts something that was drawn anew in the place of contents or fonts. */
  drawsAnew?: boolean
}

/** The pages whose look is to be compared, and those among them that may look different at all. */
export type ComparedPages = { pages: number[]; changed: number[] }

function compareTouched({ document, touched }: Work): ComparedPages {
  const pages = pagesToCompare(document.pages, touched)
  return { pages, changed: pages.filter((page) => touched.has(page)) }
}

/** Glyphs may be missing on any page, or, of a long document, on any that is looked at. */
function compareAll({ document }: Work): ComparedPages {
  const all = Array.from({ length: document.pages }, (_, index) => index + 1)
  const pages = document.pages > mostCompared ? pagesToCompare(document.pages, new Set(all)) : all
  return { pages, changed: pages }
}

/** Of longer documents a sample is compared. */
const mostCompared = 50

/** The passes in their order. */
export const passes: readonly CompressionPass[] = [
  {
    name: 'surgical',
    unfit: () => undefined,
    make: rewriteSurgically,
    compared: compareTouched,
  },
  { name: 'fonts', unfit: whyNotFonts, make: renewFonts, compared: compareAll, drawsAnew: true },
  { name: 'contents', unfit: whyNotContents, make: renewContents, compared: compareAll, drawsAnew: true },
]

/** What is to be mended of what the passes have made, and by what. */
export type Mending = { mends: Mends; drawnAnew: DrawnAnew; images: GentlerImages; isLast: boolean }

/** All that the passes have made, but for what is to blame for damage: that is encoded more gently, or as it was. */
export const mendedPass = ({ mends, drawnAnew, images, isLast }: Mending): CompressionPass => ({
  name: 'gentle',
  unfit: () => undefined,
  make: async ({ document, settings, context }, output) => {
    const every = isLast ? mends.images.map(({ page }) => page) : []
    for (const page of [...mends.contents, ...every]) drawnAnew.restoreContents(page)
    for (const page of [...mends.fonts, ...every]) drawnAnew.restoreFonts(page)
    for (const page of [...mends.slimmed, ...every]) drawnAnew.restoreSlimFonts(page)
    await images.encode(mends.images, isLast)
    await document.copy.write(output, context.engine, objectPacking(settings.packing, context.engine))
  },
  compared: (work) => {
    const isDrawnAnew = drawnAnew.isAny()
    const { pages, changed } = isDrawnAnew ? compareAll(work) : compareTouched(work)
    const { contents, fonts, slimmed } = mends
    const refused = [...mends.images.map(({ page }) => page), ...contents, ...fonts, ...slimmed]
    return { pages: together(pages, refused), changed: together(changed, refused) }
  },
})

const together = (pages: readonly number[], others: readonly number[]) =>
  [...new Set([...pages, ...others])].sort((one, other) => one - other)

/** Only packs objects together and leaves streams as they are: tried when nothing else was any good. */
export const structurePass: CompressionPass = {
  name: 'structure',
  unfit: async ({ settings }) => (settings.colours === 'keep' ? undefined : { reason: 'keeps_colours' }),
  make: async ({ document, settings, context }, output) => {
    await document.reopen().write(output, context.engine, objectPacking(settings.packing, context.engine))
  },
  compared: compareTouched,
}

export const outputOf = ({ context }: Work, { name }: CompressionPass) =>
  path.join(context.workspace, `${name}.pdf`)
