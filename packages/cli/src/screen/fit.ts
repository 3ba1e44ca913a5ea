/** Characters that take two columns of a terminal: East Asian ones and emoji (roughly Unicode Standard Annex 11). */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/u

const segmenter = new Intl.Segmenter()

/** What people see as one character, with the columns that it takes. */
function characters(text: string): { character: string; columns: number }[] {
  return Array.from(segmenter.segment(text), ({ segment }) => ({
    character: segment,
    columns: wide.test(segment) ? 2 : 1,
  }))
}

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  return characters(text).reduce((sum, { columns }) => sum + columns, 0)
}

/** The beginning of a text that fits into so many columns. */
export function cut(text: string, columns: number): string {
  let [kept, left] = ['', columns]
  for (const one of characters(text)) {
    left -= one.columns
    if (left < 0) break
    kept += one.character
  }
  return kept
}

/** A text in exactly so many columns: padded, or with its beginning left out, since names differ in their ends. */
export function fit(text: string, columns: number): string {
  const missing = columns - widthOf(text)
  if (missing >= 0) return text + ' '.repeat(missing)
  let [end, left] = ['', columns - 1]
  for (const one of characters(text).reverse()) {
    left -= one.columns
    if (left < 0) break
    end = one.character + end
  }
  return fit(`…${end}`, columns)
}
