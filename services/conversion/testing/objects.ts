import { z } from 'zod'
import { run } from '@pdf-smaller/testing/pdf/inspect'

const Objects = z.record(
  z.string(),
  z.union([
    z.object({ value: z.unknown() }),
    z.object({ stream: z.object({ dict: z.unknown(), data: z.string().optional() }) }),
  ]),
)
const Document = z.object({
  pages: z.array(z.object({ object: z.string() })),
  qpdf: z.tuple([z.unknown(), Objects]),
})
const Dictionary = z.record(z.string(), z.unknown())

/** The objects of a document as qpdf reads them, with references followed. */
export type Objects = {
  root: Record<string, unknown>
  /** The reference of each page, in order. */
  pages: string[]
  /** What keys and indices lead to from a value. */
  at: (value: unknown, ...way: readonly (string | number)[]) => unknown
  list: (value: unknown) => unknown[]
}

/** Reads them; streams are their dictionaries. */
export async function objectsOf(pdf: Buffer): Promise<Objects> {
  const json = await run(pdf, 'qpdf', [
    '--warning-exit-0',
    '--json=2',
    '--json-key=qpdf',
    '--json-key=pages',
    '{}',
  ])
  const { pages, qpdf } = Document.parse(JSON.parse(json))
  const objects = qpdf[1]
  const resolve = (value: unknown): unknown => {
    const object = typeof value === 'string' ? objects[`obj:${value}`] : undefined
    if (!object) return value
    return 'stream' in object ? object.stream.dict : resolve(object.value)
  }
  const at = (value: unknown, ...way: readonly (string | number)[]): unknown => {
    let next = resolve(value)
    for (const step of way) {
      const list = z.array(z.unknown()).safeParse(next)
      next = resolve(list.success ? list.data.at(Number(step)) : Dictionary.safeParse(next).data?.[step])
    }
    return next
  }
  const trailer = objects['trailer']
  const root = Dictionary.parse(at(trailer && 'value' in trailer ? trailer.value : {}, '/Root'))
  const list = (value: unknown) => z.array(z.unknown()).safeParse(resolve(value)).data ?? []
  return { root, pages: pages.map(({ object }) => object), at, list }
}
