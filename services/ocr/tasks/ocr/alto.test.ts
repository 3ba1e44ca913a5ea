import { describe, expect, it } from 'vitest'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { scanned } from '@pdf-smaller/recognition/testing/scanned'
import { altoEnd, altoHead, altoPage } from './alto.ts'
import { ocr } from './task.ts'

/** The elements of a document in the order in which they begin. @throws Error where it is not well-formed */
function elementsOf(xml: string): { name: string; attributes: Map<string, string> }[] {
  const open: string[] = []
  const elements: { name: string; attributes: Map<string, string> }[] = []
  const rest = xml.replace(/^<\?xml[^?]*\?>/, '').replaceAll(/<([^<>]*)>/g, (_, tag: string) => {
    const [, name = '', said = ''] =
      /^\/?([A-Za-z]+)((?:\s+[\w:]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)\/?$/.exec(tag) ?? []
    if (name === '') throw new Error(`<${tag}> is no tag`)
    if (tag.startsWith('/')) {
      if (open.pop() !== name) throw new Error(`</${name}> ends another element`)
      return ''
    }
    if (!tag.endsWith('/')) open.push(name)
    const attributes = [...said.matchAll(/([\w:]+)="([^"]*)"/g)].map(
      ([, key = '', value = '']) => [key, value] as const,
    )
    elements.push({ name, attributes: new Map(attributes) })
    return ''
  })
  if (open.length > 0 || /[<>]/.test(rest)) throw new Error(`${open.join()} not ended, or a bracket alone`)
  return elements
}

const required: Record<string, string[]> = {
  Page: ['ID', 'PHYSICAL_IMG_NR', 'WIDTH', 'HEIGHT'],
  PrintSpace: ['HPOS', 'VPOS', 'WIDTH', 'HEIGHT'],
  TextBlock: ['ID', 'HPOS', 'VPOS', 'WIDTH', 'HEIGHT'],
  TextLine: ['ID', 'HPOS', 'VPOS', 'WIDTH', 'HEIGHT'],
  String: ['ID', 'CONTENT', 'HPOS', 'VPOS', 'WIDTH', 'HEIGHT', 'WC'],
}

function expectGood(xml: string): ReturnType<typeof elementsOf> {
  const elements = elementsOf(xml)
  expect(xml).toContain('<MeasurementUnit>inch1200</MeasurementUnit>')
  for (const { name, attributes } of elements)
    expect([...attributes.keys()]).toEqual(expect.arrayContaining(required[name] ?? []))
  const ids = elements.flatMap(({ attributes }) => attributes.get('ID') ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  return elements
}

describe('an ALTO document', () => {
  it('holds the words of a page where they stand', () => {
    const words = [
      { text: '"A&B"', box: [72, 72, 108, 84] as [number, number, number, number], confidence: 96.5 },
      { text: '<c>\u0007', box: [114, 72, 144, 84] as [number, number, number, number], confidence: 12 },
    ]
    const page = altoPage({ page: 3, width: 612, height: 792, blocks: [[words]] }, 54)
    const xml = `${altoHead('a & b.pdf')}${page}${altoEnd}`
    const elements = expectGood(xml)
    expect(xml).toContain(
      'CONTENT="&quot;A&amp;B&quot;" HPOS="1200" VPOS="1200" WIDTH="600" HEIGHT="200" WC="0.965"',
    )
    expect(xml).toContain('CONTENT="&lt;c&gt;"')
    expect(xml).toContain('<SP HPOS="1800" VPOS="1200" WIDTH="100"/>')
    expect(xml).toContain('<fileName>a &amp; b.pdf</fileName>')
    expect(elements.find(({ name }) => name === 'Page')?.attributes.get('WIDTH')).toBe('10200')
  })

  it('may have a page on which nothing was found', () => {
    expectGood(
      altoHead('a.pdf') + altoPage({ page: 1, width: 612, height: 792, blocks: [] }, undefined) + altoEnd,
    )
  })

  it.each(['native', 'javascript'])('comes beside what the %s engine reads', async (engine) => {
    const bytes = await scanned([{}, { broken: 'blank' }, {}])
    const { outputs } = await runTask(ocr, [{ name: 'doc.pdf', bytes }], { alto: true, engine })
    expect(outputs.map(({ name }) => name)).toEqual(['doc.pdf', 'doc.alto.xml'])
    const elements = expectGood(outputs[1]?.bytes.toString() ?? '')
    expect(elements.filter(({ name }) => name === 'Page')).toHaveLength(3)
    const words = elements.flatMap(({ attributes }) => attributes.get('CONTENT') ?? [])
    expect(words.filter((word) => word === 'Westhaven')).toHaveLength(2)
  })
})
