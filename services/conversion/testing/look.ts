import { run } from '@pdf-smaller/testing/pdf/inspect'

/** What each page looks like, as one line a page; equal for pages that look the same to the last pixel. */
export async function looksOf(pdf: Buffer): Promise<string[]> {
  const script = 'pdftoppm -r 30 "$0" page && sha1sum $(ls page-* | sort -V)'
  const sums = await run(pdf, 'sh', ['-c', script, '{}'])
  return sums
    .trim()
    .split('\n')
    .map((row) => row.split(' ', 1)[0] ?? '')
}

export type OutlineEntry = { title: string; page: number; kids: OutlineEntry[] }

type QpdfOutline = { title: string; destpageposfrom1: number | null; kids: QpdfOutline[] }

/** The outline as qpdf reads it: titles and the pages they lead to, 0 for none. */
export async function outlineTitles(pdf: Buffer): Promise<OutlineEntry[]> {
  const { outlines } = await qpdfJson(pdf, 'outlines')
  const entry = ({ title, destpageposfrom1, kids }: QpdfOutline): OutlineEntry => ({
    title,
    page: destpageposfrom1 ?? 0,
    kids: kids.map(entry),
  })
  return outlines.map(entry)
}

/** The names of the fields and the pages they stand on. */
export async function fieldsOf(pdf: Buffer): Promise<[name: string, page: number][]> {
  const { acroform } = await qpdfJson(pdf, 'acroform')
  return acroform.fields.map((field: { fullname: string; pageposfrom1: number }) => [
    field.fullname,
    field.pageposfrom1,
  ])
}

/** For each page the pages that its links lead to within the document. */
export async function linksOf(pdf: Buffer): Promise<number[][]> {
  const { pages, qpdf } = await qpdfJson(pdf, 'pages', 'qpdf')
  const objects = qpdf[1]
  const valueOf = (value: unknown) =>
    typeof value === 'string' && `obj:${value}` in objects ? objects[`obj:${value}`].value : value
  const numbers = new Map(pages.map(({ object }: { object: string }, index: number) => [object, index + 1]))
  return pages.map(({ object }: { object: string }) => {
    const annotations = valueOf(valueOf(object)['/Annots']) ?? []
    return annotations.flatMap((annotation: unknown) => {
      const { '/Subtype': kind, '/Dest': destination } = valueOf(annotation)
      return kind === '/Link' && destination ? [numbers.get(valueOf(destination)[0])] : []
    })
  })
}

// oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of qpdf, and of each question another
async function qpdfJson(pdf: Buffer, ...keys: string[]): Promise<any> {
  const wanted = keys.map((key) => `--json-key=${key}`)
  return JSON.parse(await run(pdf, 'qpdf', ['--warning-exit-0', '--json=2', ...wanted, '{}']))
}
