import { contentsOf, deflated, type Owner, type Pause, type WorkingCopy } from '@pdf-smaller/pdf'
import { type DrawnForm, formsAmong } from './drawn-forms.ts'
import { type Lifted, openLifts } from './lifts.ts'
import { rewritten } from './rewritten.ts'

/** Contents in their shortest form, the pages that show them, and the forms that they draw. */
export type Renewed = {
  owner: Owner
  pages: readonly number[]
  contents: Buffer
  /** By how many bytes they become smaller, as they are packed. */
  gain: number
  lifted: Lifted[]
  forms: DrawnForm[]
}

/** Renews contents; undefined where they cannot be read, or are too long. */
export type ContentsReader = (
  owner: Owner,
  scale: number,
  pages: readonly number[],
) => Promise<Renewed | undefined>

/** What is read of one owner, and of all of a document, bytes. */
const [mostBytes, mostBytesInAll] = [16 * 1024 * 1024, 96 * 1024 * 1024]

export function openContentsReader(copy: WorkingCopy, pause: Pause): ContentsReader {
  let left = mostBytesInAll
  return async (owner, scale, pages) => {
    await pause()
    const bytes = left > 0 ? await contentsOf(owner, copy) : undefined
    left -= bytes?.length ?? 0
    if (!bytes || bytes.length > mostBytes) return undefined
    const { lift, lifted } = openLifts(bytes, owner, copy)
    const renewed = rewritten(bytes, scale, lift)
    if (!renewed) return undefined
    const { contents, drawn } = renewed
    // What hardly becomes shorter is not worth to be packed for comparison.
    const isShorter = contents.length < bytes.length * mostLeft
    const gain = isShorter ? (await deflated(bytes)).length - (await deflated(contents)).length : 0
    const forms = formsAmong(drawn, owner.resources, copy).map((each) => ({ ...each, pages }))
    return { owner, pages, contents, gain, lifted, forms }
  }
}

const mostLeft = 0.99
