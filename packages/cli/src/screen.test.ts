import { Writable } from 'node:stream'
import { WriteStream } from 'node:tty'
import { afterEach, expect, it, vi } from 'vitest'
import { openScreen, painter } from './screen.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

/** A stream that keeps what is written to it, and is a terminal or not. */
function stream(terminal: boolean) {
  const written: string[] = []
  const sink = new Writable({
    write: (chunk, _, done) => {
      written.push(String(chunk))
      done()
    },
  })
  const getColorDepth = () => WriteStream.prototype.getColorDepth()
  const size = terminal ? { isTTY: true, columns: 80, rows: 24, getColorDepth } : {}
  return { screen: Object.assign(sink, size) as unknown as NodeJS.WriteStream, written }
}

it('writes a line for each new stage where there is no terminal', () => {
  const { screen, written } = stream(false)
  const { update, clear } = openScreen(screen, ['a.pdf', 'b.pdf'])
  update(0, { stage: 'analysis', percentage: 5.4 })
  update(0, { stage: 'analysis', percentage: 9 })
  update(1, { stage: 'analysis', percentage: 1 })
  update(0, { stage: 'completed', percentage: 100, ended: true })
  clear()
  expect(written).toEqual([
    'a.pdf: analysis (5 %)\n',
    'b.pdf: analysis (1 %)\n',
    'a.pdf: completed (100 %)\n',
  ])
})

it('draws a terminal again in its place, not for each news, and takes everything away', () => {
  vi.useFakeTimers()
  vi.stubEnv('NO_COLOR', '1')
  vi.stubEnv('FORCE_COLOR', undefined)
  const { screen, written } = stream(true)
  const { update, clear } = openScreen(screen, ['a.pdf', 'b.pdf'])
  expect(written.splice(0)).toEqual([expect.stringMatching(/^a\.pdf .+waiting\nb\.pdf .+waiting\n$/)])
  for (let percentage = 0; percentage <= 40; percentage++) update(1, { stage: 'compression', percentage })
  vi.advanceTimersByTime(100)
  const erased = '\x1b[1A\x1b[2K'.repeat(2)
  const [drawn = '', ...more] = written.splice(0)
  expect(more).toEqual([])
  expect(drawn.startsWith(`${erased}a.pdf `)).toBe(true)
  expect(drawn).toMatch(/b\.pdf +█{10}░{14} {2}40 % compression\n$/)
  update(0, { percentage: 50 })
  clear()
  vi.advanceTimersByTime(1000)
  expect(written).toEqual([erased])
})

it('has colours on a terminal, unless NO_COLOR is set', () => {
  vi.stubEnv('NO_COLOR', undefined)
  vi.stubEnv('FORCE_COLOR', undefined)
  vi.stubEnv('NODE_DISABLE_COLORS', undefined)
  vi.stubEnv('CI', undefined)
  vi.stubEnv('TERM', 'xterm-256color')
  const { screen } = stream(true)
  expect(painter(screen)('green', 'done')).toBe('\x1b[32mdone\x1b[39m')
  expect(painter(stream(false).screen)('green', 'done')).toBe('done')
  vi.stubEnv('NO_COLOR', '1')
  expect(painter(screen)('green', 'done')).toBe('done')
})
