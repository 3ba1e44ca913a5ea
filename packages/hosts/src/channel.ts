import type { Duplex } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { z } from 'zod'

/** One side of the conversation between a worker and a host: a message a line, as JSON. */
export type Channel<Out> = { say: (message: Out) => void; close: () => void }

export type Listener<In> = {
  hear: (message: In) => void
  /** The other side has gone, or said what cannot be understood. Called once. */
  lost: (why: string) => void
}

/** A result is an event at the end, of which the store takes eight million bytes. */
const longestLine = 16 * 2 ** 20

/**
 * Opens one side of a channel. What comes in is parsed; what is no message of the protocol ends the channel, and so does a
 * line without an end: the other side may be in the hands of a stranger.
 */
export function openChannel<In, Out>(
  stream: Duplex,
  schema: z.ZodType<In>,
  { hear, lost }: Listener<In>,
): Channel<Out> {
  let open = true
  const end = (why: string) => {
    if (!open) return
    open = false
    stream.destroy()
    lost(why)
  }
  const take = (line: string) => {
    const message = schema.safeParse(parsed(line))
    if (message.success) hear(message.data)
    else end(`what is no message: ${line.slice(0, 200)}`)
    return open
  }
  readLines(stream, take, () => end('a message without an end'))
  stream.once('error', (error) => end(error.message))
  stream.once('close', () => end('the channel is closed'))
  return {
    say: (message) => {
      if (open) stream.write(`${JSON.stringify(message)}\n`)
    },
    close: () => {
      open = false
      stream.destroy()
    },
  }
}

/**
 * Reads a stream line by line.
 * @param take is given each line, and says whether it wants more
 * @param endless called when a line is longer than any message
 */
function readLines(stream: Duplex, take: (line: string) => boolean, endless: () => void): void {
  const decoder = new StringDecoder('utf8')
  let begun: string[] = []
  let length = 0
  stream.on('data', (chunk: Buffer) => {
    const [first = '', ...others] = decoder.write(chunk).split('\n')
    begun.push(first)
    length += first.length
    for (const other of others) {
      if (!take(begun.join(''))) return
      begun = [other]
      length = other.length
    }
    if (length > longestLine) endless()
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
