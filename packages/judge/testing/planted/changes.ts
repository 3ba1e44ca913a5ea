import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Makes another document of one, with tools that share nothing with what is tested; `folder` is for their files. */
export type Change = (pdf: Buffer, folder: string) => Promise<Buffer> | Buffer

/** What is to stand in the place of what, both exactly; in an object of that number alone where one is given. */
export type Edit = readonly [from: string, to: string, object?: number]

/** Edits the text form of a document. What is to be replaced must stand there once, else the edit says nothing. */
export const byHand =
  (...edits: readonly Edit[]): Change =>
  (pdf) =>
    fixed(
      edits.reduce((text, [from, to, object]) => {
        const [before, own, behind] = around(text, object)
        if (own.split(from).length !== 2)
          throw new Error(`${JSON.stringify(from)} stands ${own.split(from).length - 1} times`)
        return before + own.replace(from, () => to) + behind
      }, pdf.toString('latin1')),
    )

/** Objects that the text form of the report has besides, from this number on. */
export const nextObject = 89
export const withObjects = (...objects: readonly string[]): Edit => [
  '\nxref\n',
  `${objects.map((each, index) => `\n${nextObject + index} 0 obj\n${each}\nendobj\n`).join('')}\nxref\n`,
]

/** A stream as an object. */
export const streamOf = (data: string): string =>
  `<<\n  /Length ${data.length}\n>>\nstream\n${data}\nendstream`

/** Puts other bytes into a stream that is not packed. */
export const withBytes =
  (object: number, change: (bytes: Buffer) => Buffer): Change =>
  (pdf) => {
    const [before, own, behind] = around(pdf.toString('latin1'), object)
    const [begin, end] = [own.indexOf('\nstream\n') + 8, own.lastIndexOf('\nendstream')]
    const bytes = change(Buffer.from(own.slice(begin, end), 'latin1'))
    return fixed(before + own.slice(0, begin) + bytes.toString('latin1') + own.slice(end) + behind)
  }

/** A document without the cross-references that an edit has made wrong, which qpdf's own tool puts right. */
export const fixed = (text: string): Buffer => execFileSync('fix-qdf', { input: Buffer.from(text, 'latin1') })

/** What stands before an object, the object, and what stands behind it; all of the text where no object is named. */
function around(text: string, object: number | undefined): [string, string, string] {
  if (object === undefined) return ['', text, '']
  const begin = text.indexOf(`\n${object} 0 obj\n`)
  const end = text.indexOf('\nendobj', begin)
  return [text.slice(0, begin), text.slice(begin, end), text.slice(end)]
}

/** Runs qpdf; `IN` and `OUT` stand for the files. */
export const byQpdf =
  (...how: readonly string[]): Change =>
  async (pdf, folder) => {
    const files = { IN: path.join(folder, 'in.pdf'), OUT: path.join(folder, 'out.pdf') }
    await writeFile(files.IN, pdf)
    const named = how.map((each) => (each === 'IN' ? files.IN : each))
    execFileSync('qpdf', ['--static-id', '--warning-exit-0', ...named, files.OUT])
    return readFile(files.OUT)
  }

/** One change after the other. */
export const first =
  (...changes: readonly Change[]): Change =>
  async (pdf, folder) => {
    for (const change of changes) pdf = await change(pdf, folder)
    return pdf
  }

/** A file that another tool has made of the report; rewritten.py says how. */
export const rewritten =
  (name: string): Change =>
  () =>
    readFile(path.join(import.meta.dirname, `${name}.pdf`))
