import { RawDocument } from '@pdf-smaller/pdf/testing/raw-document'

/** A stream with the entries of its packing. */
type Packed = { data: Uint8Array | string; entries?: string }

/** A page of 200 × 200 points with a font /F. */
export type MadePage = {
  contents: Packed[]
  /** By their names; with resources of their own where they name other forms, else without any. */
  forms?: Record<string, { data: string; own?: string[] }>
  /** Whether its forms are those of the page before it. */
  sharesForms?: boolean
}

const bytesOf = (data: Uint8Array | string) =>
  typeof data === 'string' ? Buffer.from(data) : Buffer.from(data)

/** Writes pages byte for byte as they are told. */
export function madeDocument(pages: readonly MadePage[]): Buffer {
  const document = new RawDocument().object(3, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>')
  let [last, forms]: [number, Record<string, number>] = [3, {}]
  const kids = pages.map((page) => {
    const contents = page.contents.map(({ data, entries = '' }) => {
      document.stream(++last, entries, bytesOf(data))
      return `${last} 0 R`
    })
    if (!page.sharesForms) forms = addForms(page.forms ?? {})
    const resources = resourcesFor(Object.keys(forms))
    document.object(
      ++last,
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents[${contents.join(' ')}]/Resources ${resources}>>`,
    )
    return `${last} 0 R`
  })
  return document
    .object(1, '<</Type/Catalog/Pages 2 0 R>>')
    .object(2, `<</Type/Pages/Kids[${kids.join(' ')}]/Count ${kids.length}>>`)
    .table(`/Root 1 0 R/Size ${last + 1}`)
    .bytes()

  function addForms(made: NonNullable<MadePage['forms']>): Record<string, number> {
    forms = Object.fromEntries(Object.keys(made).map((name) => [name, ++last]))
    for (const [name, { data, own }] of Object.entries(made)) {
      const resources = own ? `/Resources ${resourcesFor(own)}` : ''
      const entries = `/Type/XObject/Subtype/Form/BBox[0 0 200 200]${resources}`
      document.stream(forms[name] ?? 0, entries, bytesOf(data))
    }
    return forms
  }

  function resourcesFor(names: readonly string[]): string {
    const entries = names.map((name) => `/${name} ${forms[name]} 0 R`)
    return `<</Font<</F 3 0 R>>/XObject<<${entries.join('')}>>>>`
  }
}
