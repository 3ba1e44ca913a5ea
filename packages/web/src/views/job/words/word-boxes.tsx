import type { PageWords, Word } from '../../../api/pages.ts'

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(3)}%`

/** Where a box stands on a page, as styles say it. */
export const placed = (
  [left, top, right, bottom]: Word['box'],
  { width, height }: { width: number; height: number },
) => ({
  left: percent(left, width),
  top: percent(top, height),
  width: percent(right - left, width),
  height: percent(bottom - top, height),
})

/** Boxes over the words of a page. Keyboards and readers choose in the text beside it. */
export function WordBoxes({
  words: { words, ...page },
  chosen,
  below,
  onChoose,
}: {
  words: PageWords
  chosen: number | undefined
  below: number
  onChoose: (index: number) => void
}) {
  return (
    <div class="boxes" aria-hidden="true">
      {words.map(({ box, confidence = 100 }, index) => (
        <span
          key={index}
          class={`word-box ${confidence < below ? 'unsure' : ''} ${index === chosen ? 'chosen' : ''}`}
          style={placed(box, page)}
          onClick={() => onChoose(index)}
        />
      ))}
    </div>
  )
}
