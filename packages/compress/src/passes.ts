import path from 'node:path'
import { pagesToCompare } from '@pdf-smaller/judge'
import { renewContents, whyNotContents } from './drawn-anew/contents.ts'
import { renewFonts, whyNotFonts } from './drawn-anew/font-programs.ts'
import { gentler } from './levels.ts'
import { objectPacking } from './objects/packing.ts'
import { rewriteSurgically } from './surgical/rewrite.ts'
import type { Work } from './work.ts'

/** A way to make a document smaller. */
export type CompressionPass = {
  name: string
  /** Why it need not be tried; undefined when it is to be. */
  unfit: (work: Work) => Promise<string | undefined> | undefined
  /**
   * Writes what it makes to `output`.
   * @returns why it made nothing
   */
  make: (work: Work, output: string) => Promise<string | undefined | void>
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

/** Tried one after the other when nothing else was any good. */
export const lastResorts: readonly CompressionPass[] = [
  {
    name: 'gentle',
    unfit: async ({ settings }) =>
      gentler(settings) ? undefined : 'images are to be as they were asked for',
    make: (work, output) => {
      const { document, settings } = work
      const afresh = { ...document, copy: document.reopen() }
      return rewriteSurgically({ ...work, document: afresh, settings: gentler(settings) ?? settings }, output)
    },
    compared: compareTouched,
  },
  {
    // Only packs objects together and leaves streams as they are.
    name: 'structure',
    unfit: async ({ settings }) => (settings.colours === 'keep' ? undefined : 'it would keep its colours'),
    make: async ({ document, settings, context }, output) => {
      await document.reopen().write(output, context.engine, objectPacking(settings.packing))
    },
    compared: compareTouched,
  },
]

export const outputOf = ({ context }: Work, { name }: CompressionPass) =>
  path.join(context.workspace, `${name}.pdf`)
