import { describe, expect, it } from 'vitest'
import { UsageError } from './exit.ts'
import { readFlags, serverNamed } from './flags.ts'

const options = {
  out: { type: 'string', short: 'o' },
  force: { type: 'boolean', default: false },
} as const

describe('the arguments of a command', () => {
  it('are split into flags and files', () => {
    const given = ['a.pdf', '-o', 'b.pdf', '--force', 'c.pdf', '--server=http://x', '--', '--d.pdf']
    const { values, positionals } = readFlags('compress', given, options)
    expect(positionals).toEqual(['a.pdf', 'c.pdf', '--d.pdf'])
    expect(values).toEqual({ out: 'b.pdf', force: true, server: 'http://x' })
  })

  it.each([
    [['--speed', '3'], 'compress has no option --speed; see: pdf-smaller compress --help'],
    [['-x'], 'compress has no option -x; see: pdf-smaller compress --help'],
    [['-o'], "Option '-o, --out <value>' argument missing; see: pdf-smaller compress --help"],
    [['--force=yes'], "Option '--force' does not take an argument; see: pdf-smaller compress --help"],
  ])('are refused: %j', (given, message) => {
    const read = () => readFlags('compress', given, options)
    expect(read).toThrow(UsageError)
    expect(read).toThrow(message)
  })
})

it.each([
  [['a.pdf', '--level', 'high', '--server', 'http://x'], 'http://x'],
  [['--server=http://x', '--unknown'], 'http://x'],
  [['a.pdf', '--server'], undefined],
  [['a.pdf', '--', '--server', 'http://x'], undefined],
])('the server is found before other flags are known: %j', (given, server) => {
  expect(serverNamed(given)).toBe(server)
})
