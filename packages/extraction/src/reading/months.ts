/** Names of months, January first: English, German, French, Spanish, Dutch, Italian, Portuguese, Polish (both cases). */
const names = [
  'january february march april may june july august september october november december',
  'januar februar märz april mai juni juli august september oktober november dezember',
  'jänner feber maerz april mai juni juli august september oktober november dezember',
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  'styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
]
/** Abbreviations that are not how the name begins. */
const others = { mrt: 3, mrz: 3, sept: 9, setiembre: 9, déc: 12, fév: 2, juil: 7, jly: 7 }
const shortest = 3

/** What a name may begin with, to the months that begin so; a beginning of several months is none of them. */
const months = new Map<string, Set<number>>()
for (const list of names) {
  for (const [index, name] of list.split(' ').entries()) {
    const word = bare(name)
    for (let length = shortest; length <= word.length; length++) add(word.slice(0, length), index + 1)
  }
}
for (const [name, month] of Object.entries(others)) add(bare(name), month)

/** The month, 1 to 12, that a word names or shortens in one of eight languages. */
export function monthOf(word: string): number | undefined {
  const found = months.get(bare(word))
  return found?.size === 1 ? [...found][0] : undefined
}

function add(beginning: string, month: number): void {
  const found = months.get(beginning)
  if (found) found.add(month)
  else months.set(beginning, new Set([month]))
}

/** Without case, marks over letters and a full stop. */
function bare(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F.]/g, '')
    .toLowerCase()
}
