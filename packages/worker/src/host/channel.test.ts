import { Duplex } from 'node:stream'
import { expect, it } from 'vitest'
import { openChannel } from '@pdf-smaller/hosts/channel'
import { FromHost, type ToHost } from './protocol.ts'

/** What a worker hears when these pieces come in. */
function heard(pieces: readonly (string | Buffer)[]): { messages: FromHost[]; lost: string[] } {
  const stream = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() })
  const [messages, lost]: [FromHost[], string[]] = [[], []]
  openChannel<FromHost, ToHost>(stream, FromHost, {
    hear: (message) => messages.push(message),
    lost: (why) => lost.push(why),
  })
  for (const piece of pieces) stream.emit('data', Buffer.from(piece))
  return { messages, lost }
}

const pages = (count: number): FromHost => ({ type: 'pages', count })

it('hears messages however they are cut', () => {
  const line = Buffer.from(
    `${JSON.stringify({ type: 'log', level: 'info', fields: {}, message: 'größer' })}\n`,
  )
  const { messages, lost } = heard([...line].map((byte) => Buffer.from([byte])))
  expect(messages).toEqual([{ type: 'log', level: 'info', fields: {}, message: 'größer' }])
  expect(heard([`${JSON.stringify(pages(1))}\n${JSON.stringify(pages(2))}\n`]).messages).toEqual([
    pages(1),
    pages(2),
  ])
  expect(lost).toEqual([])
})

it.each<[string, string]>([
  ['no JSON', '{"type":"pages"\n'],
  ['no message', '{"type":"shout"}\n'],
  ['a number that is none', '{"type":"pages","count":-1}\n'],
  [
    'a file elsewhere',
    '{"type":"question","id":1,"question":{"what":"keep","part":"a","handed":"../../keys.json"}}\n',
  ],
  [
    'a type of contents that ends a header',
    '{"type":"done","result":{},"outputs":[{"handed":"handed-1","name":"a","contentType":"a/b\\r\\nx: y"}]}\n',
  ],
])('ends with %s', (_, line) => {
  const { messages, lost } = heard([line, `${JSON.stringify(pages(1))}\n`])
  expect(messages).toEqual([])
  expect(lost).toEqual([expect.stringContaining('what is no message')])
})

it('ends with a line that has no end, and keeps no more of it', () => {
  const megabyte = 'x'.repeat(2 ** 20)
  expect(heard(Array.from({ length: 18 }, () => megabyte)).lost).toEqual(['a message without an end'])
})
