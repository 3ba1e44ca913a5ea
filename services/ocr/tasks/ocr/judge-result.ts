import {
  type Asked,
  type Budget,
  openAssembledJudge,
  type Origin,
  type SourceDocument,
} from '@pdf-smaller/judge'
import { type Looked } from '@pdf-smaller/judge/looked'
import { type InspectedPdf, inspect } from '@pdf-smaller/pdf'
import type { OutputFile } from '@pdf-smaller/task'
import { readFinished } from './finished-page.ts'
import type { OcrContext } from './options.ts'
import type { ReadPage } from './read-pages.ts'

/**
 * Judges a searchable document: pages that were not read are as they were, those that were read look the same besides, if
 * nothing else was asked for, and their text is there.
 * @returns how much was looked at; undefined when it is the input itself
 * @throws JobFailure result_damaged
 */
export async function judgeSearchable(
  document: InspectedPdf,
  read: readonly ReadPage[],
  [result]: readonly OutputFile[],
  budget: Budget,
  { options, engine }: OcrContext,
): Promise<Looked | undefined> {
  if (!result || result.path === document.path) return undefined
  const part = { document: originalOf(document) }
  const changes = new Map(
    read.flatMap((each) => (each.kind === 'read' ? [[each.page, changeOf(each)] as const] : [])),
  )
  const pages = document.pageReferences.map((_, index): Origin => {
    const [page, change] = [index + 1, changes.get(index + 1)]
    return { part, page, ...(change ? { change } : {}) }
  })
  const asked: Asked = { parts: [part], pages, attachments: true, belongings: true, addedEntries: 0 }
  using judge = openAssembledJudge(engine, budget)
  return (await judge.judge(result.path, asked)).looked

  function changeOf({ turn, skew, file }: Extract<ReadPage, { kind: 'read' }>) {
    const isRedrawn = options.mode === 'force' || options.clean === 'final' || skew !== 0
    return { turn, isRedrawn, text: async () => (await readFinished(file)).text }
  }
}

/**
 * Judges an archive copy by the document that it was made of: all pages are there, show something where they did, and say
 * what they said. What archives have no place for is told by who makes them, and so is that pages were drawn anew.
 * @throws JobFailure result_damaged
 */
export async function judgeArchive(
  [before]: readonly OutputFile[],
  [result]: readonly OutputFile[],
  budget: Budget,
  { engine }: OcrContext,
): Promise<void> {
  if (!before || !result || before.path === result.path) return
  const part = { document: originalOf(await inspect(before.path, engine, { signed: true })) }
  const change = { turn: 0, isRedrawn: true }
  const pages = part.document.pages.map((_, index): Origin => ({ part, page: index + 1, change }))
  const asked: Asked = { parts: [part], pages, attachments: false, belongings: false, addedEntries: 0 }
  using judge = openAssembledJudge(engine, budget)
  await judge.judge(result.path, asked)
}

/** The document as it stood in the file: the copy has been changed since. */
const originalOf = ({ path, reopen, pageReferences }: InspectedPdf): SourceDocument => ({
  path,
  objects: reopen(),
  pages: pageReferences,
})
