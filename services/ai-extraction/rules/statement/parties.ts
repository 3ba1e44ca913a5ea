import { height } from '../../layout/boxes.ts'
import { cellAround, type Cell } from '../../layout/cells.ts'
import { labelled, type CellRows } from '../../layout/labelled.ts'
import { plain } from '../../layout/plain-text.ts'
import type { Printed } from './identity.ts'

/** Kinds of banks, in several languages; no bank's name. */
const bankWord =
  /bank|banque|banco|banca|kasse\b|caisse|\bcaja\b|caixa|\bcassa\b|credit union|building society|\bcredit\b|\bcredito\b|\bkredit|savings|\bspar|\btrust\b|mutuelle|financial|\bposte\b|\bpay\b|\bcard services\b/
const strongWord = /bank|banque|banco|banca|sparkasse|caisse d|caja de|cassa di|credit union|building society/
/** Titles and labels, which stand where names do. */
const title =
  /statement|kontoauszug|auszug|releve|extrait|extracto|estratto|extrato|afschrift|account|konto|compte|cuenta|rekening|conto|conta|page|seite|blatt|hoja|blad|pagina|sheet|summary|iban|bic|swift|date|datum|fecha|periode?|sort code|www|http|telephone|tel\b|phone|customer|branch|filiale|agence|sucursal|number|currency|devise|wahrung|credit (limit|card|line|available)|available|\blimit\b|payment|balance|\btotal|minimum|deposit|withdrawal|saldo|solde|kontostand/
const holderLabels = (
  'account holder,account holder s,holder s,name s,account name s,account owner s,titular es,titulaire s,intestatario i,kontoinhaber in,rekeninghouder s,account holder name,account holders,account owner,account name,name of account holder,holder,customer name,cardholder,cardholder name,card member,cardmember,account title,in the name of,statement for,account statement for,prepared for,name,client,client name,kontoinhaber,kontoinhaberin,inhaber,' +
  'kontobezeichnung,kunde,karteninhaber,titulaire,titulaire du compte,titulaires,intitule du compte,nom du titulaire,nom,titular,titular de la cuenta,titulares,nombre del titular,cliente,nombre,rekeninghouder,ten name van,tnv,t n v,tenaamstelling,op naam van,naam rekeninghouder,naam,kaarthouder,' +
  'intestatario,intestatari,intestato a,intestazione,intestato,titolare,intestatario conto,titular da conta,titulares da conta,nome,nome do titular,nome do cliente,issued to,customer'
).split(',')
/** Two to five words with large first letters and nothing else. */
const aName = /^\p{Lu}[\p{L}'’.-]*( (\p{Lu}[\p{L}'’.-]*|&|de|van|von|der|di|da|del|la|le)){1,4}$/u
/** Letters are addressed in the upper half of an A4 or Letter page. */
const upperHalf = 420
const salutation =
  /^(mr|mrs|ms|miss|mx|dr|prof|herr|frau|herrn|firma|m|mme|mlle|monsieur|madame|mademoiselle|sr|sra|d|da|dna|don|dona|sig|sigra|signor|signora|spett|spettle|egr|dhr|mevr|mw|de heer|exmo|exma)( |$)/
const greetingOnly =
  /^(mr|mrs|ms|miss|herr|herrn|frau|firma|monsieur|madame|senor|senora|signor|signora|spettle|spett|spett le|an|de heer|mevrouw)$/
/** A line with a postcode ends an address: five or four digits and a town, or the British, Dutch, Canadian and American forms. */
const town =
  /^(?:[A-Z]{1,2}-)?\d{4,5}(?:[- ]\d{3})? +\p{L}|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d{4} ?[A-Z]{2} +\p{L}|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b[A-Z]{2,3},? \d{4,5}(?:-\d{4})?$|\p{L} \d{4,6}$/u

/** The name of the bank: a cell at the head of the first page that names a bank, else at its foot, else the first of all. */
export function bankOf(rows: CellRows): Printed | null {
  const first = rows.filter((cells) => cells[0]?.page === rows[0]?.[0]?.page)
  const head = first.slice(0, 14).flat().map(beforeMark).map(beforeTitle).filter(isName)
  const named =
    head.find(({ text }) => strongWord.test(plain(text))) ??
    head.find(namesBank) ??
    footBank(first) ??
    footBank(rows)
  const cell = named ?? head[0]
  return cell
    ? { value: shortened(cell.text), page: cell.page, words: cell.words, label: named ? 'near' : 'none' }
    : null
}

/** In the small line over an address the sender's name, street and town stand between marks. */
function beforeMark(cell: Cell): Cell {
  const at = cell.words.findIndex(({ text }) => /^([·•|*–—-]|is|are|ist|est|es|è)$/.test(text))
  return at > 0 ? cellAround(cell.page, cell.words.slice(0, at)) : cell
}

/** A bank's name may stand close before the title of its paper. */
function beforeTitle(cell: Cell): Cell {
  const at = cell.words.findIndex(({ text }) => title.test(plain(text)))
  const before = cell.words.slice(0, at)
  return at > 0 && strongWord.test(plain(before.map(({ text }) => text).join(' ')))
    ? cellAround(cell.page, before)
    : cell
}

/** At the foot the name begins the sentence that says where the bank is registered. */
function footBank(rows: CellRows): Cell | undefined {
  const cells = rows.slice(-6).flat().filter(namesBank)
  return cells.flatMap(beforeVerb)[0] ?? cells.find(isName)
}

function beforeVerb(cell: Cell): Cell[] {
  const at = cell.words.findIndex(({ text }) =>
    /^(is|are|ist|est|es|è|au|-|–|•|\||·|Registered|Authorised|Authorized|Member|Sitz|Siège)$/.test(text),
  )
  return at > 1 && at <= 7 ? [cellAround(cell.page, cell.words.slice(0, at))].filter(isName) : []
}

const namesBank = (cell: Cell) => bankWord.test(plain(cell.text))

function isName({ text }: Cell): boolean {
  return /\p{L}{3}/u.test(text) && text.length <= 70 && !title.test(plain(text)) && !/\d{4}/.test(text)
}

/** The register and the capital are no part of a name. */
function shortened(text: string): string {
  return text.replace(/( au capital| - |, Sitz|\. Registered|, eingetragen| is authorised).*$/i, '')
}

/** Who the account belongs to: what a label says, else who the letter is addressed to. */
export function holderOf(rows: CellRows, bank: Printed | null): Printed | null {
  const first = rows.filter((cells) => cells[0]?.page === rows[0]?.[0]?.page).slice(0, 45)
  const candidates = labelled(first, holderLabels).filter(
    ({ value, place }) => isHolder(value.text) && (place !== 'below' || value.words.length <= 7),
  )
  const found = candidates.toSorted((a, b) => rank(a.label) - rank(b.label))[0]
  if (found && rank(found.label) === 0) return printed(found.value, 'exact')
  return addressee(first, bank) ?? (found ? printed(found.value, 'near') : aloneAtHead(first, bank))
}

/** Labels of one common word say less than an address does. */
const rank = (label: string) =>
  /^(name|nom|nombre|naam|nome|client|customer|cliente|kunde)$/.test(label) ? 1 : 0

function isHolder(text: string): boolean {
  const clean = plain(text)
  return /\p{L}{2}/u.test(text) && !/\d{3}/.test(text) && !title.test(clean) && clean.split(' ').length <= 9
}

function printed(cell: Cell, label: Printed['label']): Printed {
  const words = cell.words.filter((word, index) => index > 0 || plain(word.text) !== '')
  return {
    value: words
      .map(({ text }) => text)
      .join(' ')
      .replace(/^[:\s]+|[,;:]$/g, ''),
    page: cell.page,
    words,
    label,
  }
}

/** The first line of a block of two to five lines, one below the other, that ends with a town. */
function addressee(rows: CellRows, bank: Printed | null): Printed | null {
  const blocks = rows.flatMap((cells, line) =>
    cells.flatMap((cell) =>
      isHolder(cell.text) && !greetingOnly.test(plain(cell.text)) ? blockFrom(rows, line, cell) : [],
    ),
  )
  const own = blocks.filter((block) => block.name.text !== bank?.value && !namesBank(block.name))
  const greeted = own.find(({ name }) => name.box.t < upperHalf && salutation.test(plain(name.text)))
  const chosen = greeted ?? own.find(({ hasTown }) => hasTown)
  if (chosen) return printed(chosen.name, 'near')
  return null
}

/** A name that stands by itself at the head of the first page. */
function aloneAtHead(rows: CellRows, bank: Printed | null): Printed | null {
  const head = rows
    .slice(0, 16)
    .flat()
    .filter((cell) => isHolder(cell.text) && cell.text !== bank?.value && !namesBank(cell))
  const alone =
    head.find((cell) => salutation.test(plain(cell.text))) ?? head.find(({ text }) => aName.test(text))
  return alone ? printed(alone, 'none') : null
}

function blockFrom(rows: CellRows, line: number, name: Cell): { name: Cell; hasTown: boolean }[] {
  let last = name
  for (let next = line + 1; next < Math.min(rows.length, line + 7); next++) {
    const cell = rows[next]?.find(({ box }) => Math.abs(box.l - name.box.l) < 4)
    const gap = (below: Cell | undefined) =>
      below ? (below.box.t - last.box.b) / Math.min(height(below.box), height(last.box)) : Infinity
    const far = gap(rows[next]?.[0]) > 1.6
    if (!cell) {
      if (far) break
      continue
    }
    if (gap(cell) > 1.6) break
    last = cell
    if (town.test(cell.text)) return [{ name, hasTown: true }]
  }
  return salutation.test(plain(name.text)) && last !== name ? [{ name, hasTown: false }] : []
}
