/**
 * Forms that only say how letters look: ligatures of Latin, Armenian and Hebrew letters, and Arabic letters in the form
 * that they have at their place in a word (Unicode 16, blocks FB00, FB50 and FE70).
 */
const forms = /[\u0132\u0133\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdff\ufe70-\ufefc]+/g
/** What a ligature takes away from the gap behind it, so that what follows stands where it stood. */
const gap = /^(\S*)( {2,})/

/** Text in the letters that it is written in, as searches look for it. */
export const withUsualLetters = (text: string): string =>
  text.replaceAll(forms, (some) => some.normalize('NFKC'))

/** A line in which words stand where they stand on the page, in its usual letters and no wider than it was. */
export function inUsualLetters(line: string): string {
  let done = ''
  let rest = line
  for (let at = rest.search(forms); at >= 0; at = rest.search(forms)) {
    const form = rest[at] ?? ''
    const letters = withUsualLetters(form)
    done += rest.slice(0, at) + letters
    const longer = letters.length - form.length
    rest = rest
      .slice(at + 1)
      .replace(
        gap,
        (_, word: string, spaces: string) => word + spaces.slice(Math.min(longer, spaces.length - 1)),
      )
  }
  return done + rest
}
