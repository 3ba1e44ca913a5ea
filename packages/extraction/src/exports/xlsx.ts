import { zipOfBytes } from '@pdf-smaller/archive'
import { type Cell, looksLikeFormula, type Table } from './table.ts'
import { xmlText } from './xml-text.ts'

/** Spreadsheets have so many rows at most, cells so many characters, and numbers so many digits. */
const [mostRows, mostCharacters, mostDigits] = [1_048_576, 32_767, 15]
/** The same table gives the same bytes. 1980 is where dates of ZIP begin. */
const modified = new Date(1980, 0, 1)

const types = 'http://schemas.openxmlformats.org/package/2006/content-types'
const packageRelationships = 'http://schemas.openxmlformats.org/package/2006/relationships'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Styles of cells: as it is, text that stays text, a heading. */
const [plain, quoted, heading] = [0, 1, 2]

/**
 * A table as a workbook of one sheet (ECMA-376, the least of SpreadsheetML). Text is stored as text and so never runs as
 * a formula, neither when somebody edits it; numbers are numbers, but for those that a spreadsheet would round.
 */
export function xlsxOf({ columns, rows }: Table, sheet: string): Buffer {
  const lines = rows.slice(0, mostRows - 1)
  const data = [
    row(columns.map((name) => text(name, heading))),
    ...lines.map((cells) => row(cells.map(written))),
  ]
  const name = xmlText(sheet.replaceAll(/[:\\/?*[\]]/g, ' ').slice(0, 31))
  const parts: [string, string][] = [
    ['[Content_Types].xml', contentTypes],
    ['_rels/.rels', related(`${relationships}/officeDocument`, 'xl/workbook.xml')],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      related(`${relationships}/worksheet`, 'worksheets/sheet1.xml', `${relationships}/styles`, 'styles.xml'),
    ],
    ['xl/styles.xml', styles],
    [
      'xl/worksheets/sheet1.xml',
      `<worksheet xmlns="${main}"><sheetData>${data.join('')}</sheetData></worksheet>`,
    ],
  ]
  const files = parts.map(([path, xml]) => ({ name: path, bytes: Buffer.from(declaration + xml) }))
  return zipOfBytes(files, modified)
}

const contentTypes =
  `<Types xmlns="${types}">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${contentType}.styles+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${contentType}.worksheet+xml"/></Types>`

const styles =
  `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

function related(...pairs: string[]): string {
  const all: string[] = []
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    all.push(`<Relationship Id="rId${all.length + 1}" Type="${pairs[at]}" Target="${pairs[at + 1]}"/>`)
  }
  return `<Relationships xmlns="${packageRelationships}">${all.join('')}</Relationships>`
}

function row(cells: string[]): string {
  return `<row>${cells.join('')}</row>`
}

function written(cell: Cell): string {
  if (cell === null) return '<c/>'
  if (typeof cell === 'string') return text(cell, looksLikeFormula(cell) ? quoted : plain)
  const digits = cell.number.replaceAll(/\D/g, '').replace(/^0+/, '').length
  return digits > mostDigits ? text(cell.number, quoted) : `<c><v>${cell.number}</v></c>`
}

function text(value: string, style: number): string {
  const shown = xmlText(value.slice(0, mostCharacters))
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${shown}</t></is></c>`
}
