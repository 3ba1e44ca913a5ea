import { paragraph } from '@pdf-smaller/testing/pdf/canvas'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { paragraphsOf } from '@pdf-smaller/testing/pdf/handbook-text'

/** A page of columns of prose, as high as it takes: engines need time for each line of a page. */
export function prose(columns: readonly { subject: string; width: number }[]): Buffer {
  const document = createDocument({ title: 'Prose' })
  const page = document.page({ width: 595.28, height: 300 })
  let x = 60
  for (const [index, { subject, width }] of columns.entries()) {
    const { value } = paragraphsOf({ title: '', subject }, index).next()
    paragraph(page, { x, y: 60 }, value, { font: 'Times-Roman', size: 11, leading: 14, width })
    x += width + 30
  }
  return document.save()
}
