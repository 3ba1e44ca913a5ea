/** Words of a company's name that say in what form it is one, folded. */
const forms = new Set(
  (
    'GMBH MBH AG KG OHG GBR UG EK SE KGAA CO LTD LIMITED PLC LLP LLC INC CORP CORPORATION SARL SAS SASU EURL SA SNC SCI ' +
    'SL SLU SRL SRLS SPA BV NV VOF BVBA LDA OY AB AS APS SRO EV PTY PTE GESMBH HAFTUNGSBESCHRANKT UND AND ET'
  ).split(' '),
)
/** Of fewer letters one name contains another by chance. */
const leastLetters = 3

/** Letters and digits of a text, without regard to accents, case and the two ways to write umlauts. */
export function foldedLetters(text: string): string {
  return foldedWords(text).join('')
}

/** A company's name without what it has its legal form from; the whole of it where nothing else is left. */
export function nameWithoutForm(name: string): string {
  // Such as `e.K.` and `S.A.`: letters with points are one word.
  const words = foldedWords(name.replaceAll(/\b(\p{L})\.\s?(?=\p{L}\b)/gu, '$1'))
  const own = words.filter((word) => !forms.has(word))
  return (own.length > 0 ? own : words).join(' ')
}

/** Whether two names are those of one company, as far as one names it shorter than the other. */
export function sameName(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => nameWithoutForm(name).replaceAll(' ', ''))
  if (!a || !b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short === long || (short.length >= leastLetters && long.includes(short))
}

function foldedWords(text: string): string[] {
  const bare = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toUpperCase()
  return bare.replaceAll(/([AOU])E/g, '$1').match(/[\p{L}\d]+/gu) ?? []
}
