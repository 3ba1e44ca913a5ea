import type { PageWords, Word } from '../reading/page-words.ts'

const letter = 5.4
const lead = 12

/**
 * Pages as a typewriter prints them, one for each text: every word stands where it stands in its line. `lean` is how many
 * points the page falls for each point to the right, as on a scan that lies askew.
 */
export function pagesOfText(
  texts: readonly string[],
  { lean = 0, source = 'text' }: { lean?: number; source?: Word['source'] } = {},
): PageWords[] {
  return texts.map((text, index) => {
    const lines = text.split('\n')
    const words = lines.flatMap((line, row) =>
      [...line.matchAll(/\S+/g)].map((match): Word => {
        const l = 30 + match.index * letter
        const r = l + match[0].length * letter
        const t = 30 + row * lead + lean * ((l + r) / 2)
        return {
          text: match[0],
          box: { l, t, r, b: t + 10 },
          confidence: source === 'text' ? 1 : 0.9,
          source,
        }
      }),
    )
    return { number: index + 1, width: 595, height: Math.max(842, 60 + lines.length * lead), words }
  })
}
