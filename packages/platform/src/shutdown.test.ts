import { describe, expect, it } from 'vitest'
import { openWishes } from './shutdown.ts'

describe('signals', () => {
  it('take what comes again within a second for the same wish', () => {
    let now = 5000
    const wish = openWishes(() => now)
    expect(wish()).toBe('end')
    now += 3
    expect(wish()).toBe('same')
    now += 990
    expect(wish()).toBe('same')
    now += 7
    expect(wish()).toBe('at once')
  })
})
