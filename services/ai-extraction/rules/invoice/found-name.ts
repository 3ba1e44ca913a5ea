import type { Cell } from '../../layout/cells.ts'
import type { Found } from './header.ts'

/** A name as it stands, without a form of address or a comma at its end. */
export function foundName(cell: Cell, score: number): Found {
  const words = cell.words.filter((word) => /[\p{L}\p{N}&]/u.test(word.text))
  const value = cell.words
    .map((word) => word.text)
    .join(' ')
    .replace(
      /^(?:herrn?|frau|firma|fa\.|spett\.?(?:le|abile)?(?: ditta)?|monsieur|madame|dhr\.|mevr\.)\s+(?=\S)/i,
      '',
    )
    .replace(/[,;:]+$/, '')
    .trim()
  return { value, words, valid: null, page: cell.page, line: -1, score, label: '' }
}
