import * as fc from '@pdf-smaller/testing/properties'
import { describe, expect, it } from 'vitest'
import { planned } from './plan.ts'

const form = (bytes: number, lost: number) => ({ bytes, lost, is: `${bytes}` })
const sizes = <T>(plan: readonly { is: T }[]) => plan.map(({ is }) => is)
const total = (plan: readonly { bytes: number }[]) => plan.reduce((sum, { bytes }) => sum + bytes, 0)

describe('a plan for images', () => {
  it('takes the form that looks best of those that fit, where there is one image', () => {
    const image = { weight: 1, forms: [form(58, 0.1), form(290, 0.04), form(138, 0.12), form(400, 0.01)] }
    expect(sizes(planned([image], 350))).toEqual(['290'])
    expect(sizes(planned([image], 400))).toEqual(['400'])
    expect(sizes(planned([image], 10))).toEqual(['58'])
  })

  it('gives bytes to where they gain most look, and what is left to what fits', () => {
    const large = { weight: 1, forms: [form(100, 0.5), form(200, 0.1), form(1000, 0.09)] }
    const small = { weight: 0.1, forms: [form(10, 0.5), form(60, 0.4)] }
    expect(sizes(planned([small, large], 220))).toEqual(['10', '200'])
    expect(sizes(planned([small, large], 270))).toEqual(['60', '200'])
  })

  it('never exceeds the bytes where the smallest forms fit, and loses nothing where that fits', () => {
    const bytes = fc.integer({ min: 1, max: 1000 })
    const lost = fc.double({ min: 0.001, max: 1, noNaN: true })
    const forms = fc.array(fc.record({ bytes, lost }), { minLength: 1, maxLength: 6 })
    const weight = fc.double({ min: 0.01, max: 1, noNaN: true })
    const images = fc.array(fc.record({ weight, forms, original: bytes }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(images, fc.integer({ min: 1, max: 8000 }), (drawn, most) => {
        const choices = drawn.map(({ weight, forms, original }) => ({
          weight,
          forms: [form(original, 0), ...forms.map((each) => form(each.bytes, each.lost))],
        }))
        const plan = planned(choices, most)
        const least = choices.map(({ forms }) => Math.min(...forms.map((each) => each.bytes)))
        expect(total(plan)).toBeLessThanOrEqual(
          Math.max(
            most,
            least.reduce((sum, each) => sum + each),
          ),
        )
        const whole = drawn.reduce((sum, { original }) => sum + original, 0)
        if (whole <= most) expect(plan.every((each) => each.lost === 0)).toBe(true)
      }),
    )
  })
})
