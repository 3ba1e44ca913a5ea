import type { Progress } from '@pdf-smaller/contracts'

const width = 24

/** One line that tells how far a file is. */
export function progressLine(
  name: string,
  progress: Pick<Progress, 'percentage' | 'stage' | 'message'>,
  columns: number,
): string {
  const filled = Math.round((progress.percentage / 100) * width)
  const bar = '█'.repeat(filled) + '░'.repeat(width - filled)
  const shown = name.length > 28 ? `…${name.slice(-27)}` : name.padEnd(28)
  const what = progress.message ? `${progress.stage}: ${progress.message}` : progress.stage
  return `${shown} ${bar} ${String(Math.round(progress.percentage)).padStart(3)} % ${what}`.slice(0, columns)
}

export type Screen = {
  update: (name: string, progress: Pick<Progress, 'percentage' | 'stage' | 'message'>) => void
  /** Takes the lines away, so that results can be printed. */
  clear: () => void
}

/** A line for each file, drawn again as they go on; where there is no terminal, a line for each new stage. */
export function openScreen(stream: NodeJS.WriteStream, names: readonly string[]): Screen {
  const lines = new Map(names.map((name) => [name, { percentage: 0, stage: 'waiting', message: '' }]))
  if (!stream.isTTY) {
    const told = new Map<string, string>()
    return {
      update: (name, { stage, percentage }) => {
        if (told.get(name) === stage) return
        told.set(name, stage)
        stream.write(`${name}: ${stage} (${Math.round(percentage)} %)\n`)
      },
      clear: () => {},
    }
  }
  let drawn = 0
  const clear = () => {
    stream.write('\x1b[1A\x1b[2K'.repeat(drawn))
    drawn = 0
  }
  const draw = () => {
    clear()
    for (const [name, progress] of lines)
      stream.write(`${progressLine(name, progress, stream.columns - 1)}\n`)
    drawn = lines.size
  }
  draw()
  return {
    update: (name, progress) => {
      lines.set(name, progress)
      draw()
    },
    clear,
  }
}
