import type { ExtractedDocument } from '@pdf-smaller/contracts/extraction'
import type { PageOutcome } from '@pdf-smaller/recognition'

/** A page whose words are less sure than that, from 0 to 100, was read upside down, askew, or where no letters are. */
const leastConfidence = 60
/** The share of a page's print, from 0 to 1, without any word read in it that makes the rest doubtful. */
const mostUnread = 0.1
/** Less is dust on a page that says nothing. */
const leastPrint = 0.005

/** Whether print was seen on a page, and little of it could be read. */
export function isHardlyRead(outcome: PageOutcome | undefined): boolean {
  if (outcome?.kind !== 'read') return false
  const { confidence, unread } = outcome
  if (confidence === undefined) return unread >= leastPrint
  return confidence < leastConfidence || unread >= mostUnread
}

/** What a person should know of how a page was read. */
export function notesOf(page: number, outcome: PageOutcome | undefined, isLayer: boolean): string[] {
  if (outcome?.kind === 'failed') return [`Page ${page} could not be read: ${outcome.why}`]
  if (isHardlyRead(outcome)) return [littleOn([page])]
  return isLayer
    ? [`The text layer of page ${page} is invisible; it was taken as somebody's recognition`]
    : []
}

/** What was taken for nothing may be a document all the same, where its pages could hardly be read. */
export function withHardlyRead(document: ExtractedDocument, pages: ReadonlySet<number>): ExtractedDocument {
  const own = document.pages.filter((page) => pages.has(page))
  if (document.gate.accepted || own.length === 0) return document
  const reasons = [{ text: littleOn(own), speaksFor: false }, ...document.gate.reasons]
  return { ...document, gate: { ...document.gate, reasons } }
}

const littleOn = (pages: readonly number[]) =>
  `Little or nothing could be read on page${pages.length > 1 ? 's' : ''} ${pages.join(', ')}`
