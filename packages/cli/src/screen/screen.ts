import type { Paint } from './paint.ts'
import { drawRows, type Row } from './rows.ts'

/** How far the files of a command are, on a terminal; where there is none it shows nothing. */
export type Screen = {
  update: (index: number, change: Partial<Row>) => void
  /** The file is done with. */
  end: (index: number) => void
  /** Has something else written, above the lines that are drawn. */
  above: (write: () => void) => void
  /** Takes the lines away. */
  close: () => void
}

/** Many jobs tell of themselves at once; the terminal is drawn that often. */
const drawEveryMs = 80

/** A line for each file, drawn again as they go on. */
export function openScreen(
  stream: NodeJS.WriteStream | undefined,
  names: readonly string[],
  paint: Paint,
): Screen {
  if (!stream?.isTTY) return { update: () => {}, end: () => {}, above: (write) => write(), close: () => {} }
  const rows = names.map((name): Row => ({
    name,
    percentage: 0,
    stage: 'waiting',
    message: '',
    ended: false,
  }))
  let drawn = 0
  let next: NodeJS.Timeout | undefined
  let closed = false
  const erased = () => '\x1b[1A\x1b[2K'.repeat(drawn)
  const erase = () => {
    if (drawn > 0) stream.write(erased())
    drawn = 0
  }
  const draw = () => {
    next = undefined
    // The last column stays free: some terminals go to the next line when it is written.
    const lines = drawRows(rows, { columns: stream.columns - 1, lines: stream.rows, paint })
    // In one go, so that nothing flickers.
    stream.write([erased() + (lines[0] ?? ''), ...lines.slice(1), ''].join('\n'))
    drawn = lines.length
  }
  const drawSoon = () => {
    if (!closed) next ??= setTimeout(draw, drawEveryMs)
  }
  const update: Screen['update'] = (index, change) => {
    Object.assign(rows[index] ?? {}, change)
    drawSoon()
  }
  draw()
  return {
    update,
    end: (index) => update(index, { ended: true }),
    above: (write) => {
      erase()
      write()
      drawSoon()
    },
    close: () => {
      closed = true
      clearTimeout(next)
      erase()
    },
  }
}
