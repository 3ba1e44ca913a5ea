import path from 'node:path'
import { pagesToCompare } from '@pdf-smaller/judge'
import { renewContents, whyNotContents } from './drawn-anew/contents.ts'
import { renewFonts, whyNotFonts } from './drawn-anew/font-programs.ts'
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
}

/** The pages whose look is to be compared, and those among them that may look different at all. */
export type ComparedPages = { pages: number[]; changed: number[] }

function compareTouched({ document, touched }: Work): ComparedPages {
  const pages = pagesToCompare(document.pages, touched)
  return { pages, changed: pages.filter((page) => touched.has(page)) }
}

function compareAll({ document }: Work): ComparedPages {
  const pages = Array.from({ length: document.pages }, (_, index) => index + 1)
  return { pages, changed: pages }
}

/** The passes in their order. */
export const passes: readonly CompressionPass[] = [
  {
    name: 'surgical',
    unfit: () => undefined,
    make: rewriteSurgically,
    compared: compareTouched,
  },
  { name: 'fonts', unfit: whyNotFonts, make: renewFonts, compared: compareAll },
  { name: 'contents', unfit: whyNotContents, make: renewContents, compared: compareAll },
]

/** The first pass once more, with gentler settings for the images of some pages. */
export const gentlePass = (gentleness: ReadonlyMap<number, number>): CompressionPass => ({
  name: 'gentle',
  unfit: () => undefined,
  make: (work, output) => rewriteSurgically({ ...work, document: reopened(work), gentleness }, output),
  compared: compareTouched,
})

/** Only packs objects together and leaves streams as they are: tried when nothing else was any good. */
export const structurePass: CompressionPass = {
  name: 'structure',
  unfit: async ({ settings }) => (settings.colours === 'keep' ? undefined : { reason: 'keeps_colours' }),
  make: async ({ document, settings, context }, output) => {
    await document.reopen().write(output, context.engine, objectPacking(settings.packing))
  },
  compared: compareTouched,
}

const reopened = ({ document }: Work) => ({ ...document, copy: document.reopen() })

export const outputOf = ({ context }: Work, { name }: CompressionPass) =>
  path.join(context.workspace, `${name}.pdf`)
