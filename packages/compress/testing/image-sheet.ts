import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { columns, type Kind, rows } from './image-kinds.ts'

/** Images in a row of a sheet, and the points from one to the next. */
const across = 12
const [right, down] = [columns + 8, rows + 8]

/** Where the image with a number stands on its sheet: its left upper corner, in points from that of the page. */
export const placeOf = (index: number) => ({
  left: 4 + (index % across) * right,
  top: 4 + Math.floor(index / across) * down,
})

/** A page with an image of each kind over a coloured ground, a point to a sample. */
export async function sheetOf(kinds: readonly Kind[]): Promise<Buffer> {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const [width, height] = [across * right, Math.ceil(kinds.length / across) * down]
  let contents = `0.9 1 0.8 rg 0 0 ${width} ${height} re f 0.6 0 0.2 rg\n`
  const XObject: Record<string, ReturnType<typeof writer.add>> = {}
  for (const [index, { make }] of kinds.entries()) {
    const { dictionary, data } = await make(writer)
    const picture = { Type: 'XObject', Subtype: 'Image', Width: columns, Height: rows, ...dictionary }
    XObject[`I${index}`] = writer.addStream(picture, data, { compress: false })
    const { left, top } = placeOf(index)
    contents += `q ${columns} 0 0 ${rows} ${left} ${height - top - rows} cm /I${index} Do Q\n`
  }
  const Contents = writer.addStream({}, contents)
  const MediaBox = [0, 0, width, height]
  const page = writer.add({ Type: 'Page', Parent: tree, MediaBox, Contents, Resources: { XObject } })
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [page] })
  writer.set(root, { Type: 'Catalog', Pages: tree })
  return writer.save({ Root: root })
}
