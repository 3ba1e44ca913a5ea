import type { Settings } from '../../levels.ts'
import type { RefusedForm } from '../../report/picture.ts'
import type { ImageReason } from '../../report/reasons.ts'
import type { NewStream } from '../new-stream.ts'
import type { LayeredForm } from './layers/form.ts'

/** What comes of an image: a new form of it, or why it stays as it is; and forms that were made and lost too much. */
export type Renewed = ({ made: NewStream | LayeredForm } | { kept: ImageReason }) & {
  refused?: readonly RefusedForm[]
}

/** How images are to be encoded, each in its own way, and what came of that already. */
export type Encodings = {
  /** The settings for an image; undefined where it is to stay as it is. */
  settingsOf: (reference: string, usual: Settings) => Settings | undefined
  /** What came of an image with these settings, if that is known. */
  known: (reference: string, settings: Settings) => Renewed | undefined
  keep: (reference: string, settings: Settings, renewed: Renewed) => void
}

/** Every image as the document, each time anew. */
export const noEncodings: Encodings = {
  settingsOf: (_, usual) => usual,
  known: () => undefined,
  keep: () => {},
}

/** So many bytes of forms are kept; what is more is made again. */
const mostBytesKept = 64 * 1024 * 1024

/** Remembers forms while they are not too many; `planned` are the settings of single images, which may change. */
export function openEncodings(planned: ReadonlyMap<string, Settings | undefined>): Encodings {
  const made = new Map<string, Renewed>()
  let left = mostBytesKept
  return {
    settingsOf: (reference, usual) => (planned.has(reference) ? planned.get(reference) : usual),
    known: (reference, settings) => made.get(nameOf(reference, settings)),
    keep: (reference, settings, renewed) => {
      left -= bytesOf(renewed)
      if (left >= 0) made.set(nameOf(reference, settings), renewed)
    },
  }
}

const nameOf = (reference: string, settings: Settings) => `${reference} ${JSON.stringify(settings)}`

function bytesOf(renewed: Renewed): number {
  if ('kept' in renewed) return 0
  return 'page' in renewed.made ? renewed.made.page.bytes : renewed.made.bytes.length
}
