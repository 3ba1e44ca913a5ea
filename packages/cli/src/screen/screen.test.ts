import { Writable } from 'node:stream'
import { WriteStream } from 'node:tty'
import { afterEach, expect, it, vi } from 'vitest'
import { painter } from './paint.ts'
import { openScreen } from './screen.ts'

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

it('is silent where there is no terminal, and lets others write', () => {
  const { screen, written } = stream(false)
  const { update, above, end, close } = openScreen(screen, ['a.pdf', 'b.pdf'], painter(screen))
  update(0, { stage: 'analysis', percentage: 5.4 })
  above(() => screen.write('done\n'))
  end(0)
  close()
  expect(written).toEqual(['done\n'])
})

it('draws a terminal again in its place, not for each news, and takes everything away', () => {
  vi.useFakeTimers()
  vi.stubEnv('NO_COLOR', '1')
  vi.stubEnv('FORCE_COLOR', undefined)
  const { screen, written } = stream(true)
  const { update, above, end, close } = openScreen(screen, ['a.pdf', 'b.pdf'], painter(screen))
  expect(written.splice(0)).toEqual([expect.stringMatching(/^a\.pdf .+waiting\nb\.pdf .+waiting\n$/)])
  for (let percentage = 0; percentage <= 40; percentage++) update(1, { stage: 'compression', percentage })
  vi.advanceTimersByTime(100)
  const erased = '\x1b[1A\x1b[2K'.repeat(2)
  const [drawn = '', ...more] = written.splice(0)
  expect(more).toEqual([])
  expect(drawn.startsWith(`${erased}a.pdf `)).toBe(true)
  expect(drawn).toMatch(/b\.pdf +█{10}░{14} {2}40 % compression\n$/)
  end(0)
  above(() => screen.write('a.pdf is done\n'))
  vi.advanceTimersByTime(100)
  const [took, told, left] = written.splice(0)
  expect([took, told]).toEqual([erased, 'a.pdf is done\n'])
  expect(left).toMatch(/^b\.pdf .+\n1 of 2 done\n$/)
  update(1, { percentage: 50 })
  close()
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
