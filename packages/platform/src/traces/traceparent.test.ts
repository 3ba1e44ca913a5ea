import { describe, expect, it } from 'vitest'
import { childTrace, parseTraceparent, traceId } from './traceparent.ts'

const trace = '0af7651916cd43dd8448eb211c80319c'
const span = 'b7ad6b7169203331'
const whole = `00-${trace}-${span}-01`

describe('a traceparent', () => {
  it.each([
    [whole, true],
    [`00-${trace}-${span}-00`, false],
    [`00-${trace}-${span}-03`, true],
    [`cc-${trace}-${span}-01`, true],
    [`cc-${trace}-${span}-00-what-the-future-will-be`, false],
  ])('%s is read', (given, isSampled) => {
    expect(parseTraceparent(given)).toEqual({ traceId: trace, spanId: span, isSampled })
  })

  it.each([
    ['', 'nothing'],
    [`ff-${trace}-${span}-01`, 'the version that there is not'],
    [`00-${trace}-${span}-01-more`, 'more than the version has'],
    [`cc-${trace}-${span}-01.more`, 'more without a sign between'],
    [`00-${'0'.repeat(32)}-${span}-01`, 'no trace'],
    [`00-${trace}-${'0'.repeat(16)}-01`, 'no span'],
    [`00-${trace.toUpperCase()}-${span}-01`, 'capitals'],
    [`00-${trace}-${span}`, 'no flags'],
    [`00-${trace}-${span}-1`, 'short flags'],
    [`${whole}, ${whole}`, 'two'],
    [`${whole}\n`, 'a line'],
    [` ${whole}`, 'a space'],
    [`00-${trace}'; drop-${span}-01`, 'words'],
    ['00-'.repeat(100_000), 'length'],
  ])('%# is none: %s', (given) => {
    expect(parseTraceparent(given)).toBeUndefined()
    expect(traceId(given)).toBeUndefined()
    expect(childTrace(given)).not.toContain(trace)
  })

  it('is handed on with another span, and as sampled as it came', () => {
    expect(childTrace(whole)).toMatch(new RegExp(`^00-${trace}-(?!${span})[0-9a-f]{16}-01$`))
    expect(childTrace(`00-${trace}-${span}-00`)).toMatch(/-00$/)
    expect(childTrace(undefined)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/)
  })
})
