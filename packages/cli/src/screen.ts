import { styleText } from 'node:util'
import { drawRows, type Paint, type Row } from './rows.ts'

export type Screen = {
  update: (index: number, change: Partial<Row>) => void
  /** Takes the lines away, so that results can be printed. */
  clear: () => void
}

/** Colours where the stream is a terminal that shows them and NO_COLOR is not set. */
export function painter(stream: NodeJS.WriteStream): Paint {
  return (format, text) => styleText(format, text, { stream })
}

/** Many jobs tell of themselves at once; the terminal is drawn that often. */
const drawEveryMs = 80

/** A line for each file, drawn again as they go on; where there is no terminal, a line for each new stage. */
export function openScreen(stream: NodeJS.WriteStream, names: readonly string[]): Screen {
  const rows = names.map((name): Row => ({
    name,
    percentage: 0,
    stage: 'waiting',
    message: '',
    ended: false,
  }))
  return stream.isTTY ? liveScreen(stream, rows) : plainScreen(stream, rows)
}

function plainScreen(stream: NodeJS.WriteStream, rows: Row[]): Screen {
  return {
    update: (index, change) => {
      const row = rows[index]
      if (!row) return
      const before = row.stage
      const { name, stage, percentage } = Object.assign(row, change)
      if (stage !== before) stream.write(`${name}: ${stage} (${Math.round(percentage)} %)\n`)
    },
    clear: () => {},
  }
}

function liveScreen(stream: NodeJS.WriteStream, rows: Row[]): Screen {
  const paint = painter(stream)
  let drawn = 0
  let next: NodeJS.Timeout | undefined
  const erased = () => '\x1b[1A\x1b[2K'.repeat(drawn)
  const draw = () => {
    next = undefined
    // The last column stays free: some terminals go to the next line when it is written.
    const lines = drawRows(rows, { columns: stream.columns - 1, lines: stream.rows, paint })
    stream.write(`${erased()}${lines.join('\n')}\n`)
    drawn = lines.length
  }
  draw()
  return {
    update: (index, change) => {
      Object.assign(rows[index] ?? {}, change)
      next ??= setTimeout(draw, drawEveryMs)
    },
    clear: () => {
      clearTimeout(next)
      stream.write(erased())
      drawn = 0
    },
  }
}
