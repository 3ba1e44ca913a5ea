import { expect, it } from 'vitest'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { foundWords } from '@pdf-smaller/recognition/testing/found-words'
import { scanned, wordsOf } from '@pdf-smaller/recognition/testing/scanned'
import { invoice } from '@pdf-smaller/testing/pdf/invoice'
import { ocr } from '../ocr/task.ts'
import { extractText } from './task.ts'

/** The price may be read wrong on a page that lies askew; what counts is that it stands in its row. */
const row = ['PRT-204', 'Poster A2, four colours, 170 g matt', '120', '[^ |]+', '20%', String.raw`282\.00`]
const rows = (text: string, around: (row: string) => string, between: string) =>
  text.match(new RegExp(around(row.join(between)), 'g')) ?? []

it('reads the invisible text of scans that lie askew line by line', async () => {
  const scan = await scanned([{ askew: 2 }, { askew: -1.5 }], invoice())
  const searchable = await runTask(ocr, [{ name: 'scan.pdf', bytes: scan }])
  const extract = async (options: object) => {
    const bytes = searchable.outputs[0]?.bytes ?? Buffer.alloc(0)
    const { outputs, result } = await runTask(extractText, [{ name: 'doc.pdf', bytes }], options)
    expect(result).toMatchObject({ digital: 2, recognition: { pages: 0 } })
    return outputs[0]?.bytes.toString() ?? ''
  }
  const words = (await wordsOf(invoice())).blocks.flat(2).map(({ text }) => text)
  const [text, layout, markdown, json] = await Promise.all([
    extract({}),
    extract({ layout: true }),
    extract({ format: 'markdown' }),
    extract({ format: 'json' }),
  ])
  for (const page of text.split('\f')) {
    expect(foundWords(page, words.join(' '))).toBeGreaterThan(0.95)
    expect(rows(page, (all) => `\n${all}\n`, ' ')).toHaveLength(1)
  }
  expect(rows(layout, (all) => all, ' +')).toHaveLength(2)
  expect(rows(markdown, (all) => String.raw`\| ${all} \|`, String.raw` \| `)).toHaveLength(2)
  expect(rows(json, (all) => `"text":"${all}"`, ' ')).toHaveLength(2)
})
