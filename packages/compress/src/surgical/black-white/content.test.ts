import { pdfObjects } from '@pdf-smaller/pdf'
import { describe, expect, it } from 'vitest'
import { blackWhiteContent } from './content.ts'

const objects = pdfObjects(new Map(), {})
const ink = (alternate: number[]) => [
  '/Separation',
  '/Ink',
  '/DeviceCMYK',
  { '/FunctionType': 2, '/C1': alternate },
]
const gradient = (from: number, to: number) => ({
  '/ColorSpace': '/DeviceGray',
  '/Function': { '/FunctionType': 2, '/C0': [from], '/C1': [to] },
})
const resources: Record<string, Record<string, unknown>> = {
  '/ColorSpace': { '/Dark': ink([1, 0.8, 0, 0.2]), '/Pale': ink([0.1, 0, 0.2, 0]) },
  '/Pattern': {
    '/Tiles': { '/PatternType': 1 },
    '/Slope': { '/PatternType': 2, '/Shading': gradient(0, 0.4) },
  },
  '/Shading': { '/Bright': gradient(0.9, 1) },
  '/XObject': { '/I': { '/Subtype': '/Image' }, '/F': { '/Subtype': '/Form' } },
}

/** The turned content, with single spaces. */
const turned = (content: string, isForm = false) =>
  blackWhiteContent({
    bytes: Buffer.from(content, 'latin1'),
    lookup: (kind, name) => resources[kind]?.[name],
    objects,
    isForm,
  })
    .toString('latin1')
    .replaceAll(/\s+/g, ' ')
    .trim()

const box = '50 50 200 100 re'
const text = 'BT /F1 12 Tf 60 90 Td (a) Tj ET'

describe('content in black and white', () => {
  it('makes text of any colour black on white, and white paint on white stays so', () => {
    expect(turned(`1 0.9 0 rg ${text}`)).toBe(text)
    expect(turned(`1 g ${text}`)).toBe('BT /F1 12 Tf 60 90 Td 1 g (a) Tj ET')
  })

  it('makes light areas white and others black, and text on them readable', () => {
    expect(turned(`0.8 0.9 1 rg ${box} f 0 0.2 0.6 rg ${text}`)).toBe(
      `1 g ${box} f BT /F1 12 Tf 60 90 Td 0 g (a) Tj ET`,
    )
    expect(turned(`1 0.5 0 rg ${box} f 0 g ${text}`)).toBe(`${box} f BT /F1 12 Tf 60 90 Td 1 g (a) Tj ET`)
    expect(turned(`0.2 0.3 0 0.6 k ${box} f 0.9 g ${text}`)).toContain('1 g (a) Tj')
    expect(turned(`q 0.1 0 0 0.1 0 0 cm 0.2 g 500 500 2000 1000 re f Q 1 g ${text}`)).toContain('1 g (a) Tj')
  })

  it('keeps lines and small shapes visible where they were', () => {
    expect(turned('0.7 G 10 10 m 90 10 l S')).toBe('10 10 m 90 10 l S')
    expect(turned('0.7 g 10 10 9 9 re f')).toBe('10 10 9 9 re f')
    expect(turned('0.95 G 10 10 m 90 10 l S')).toBe('1 G 10 10 m 90 10 l S')
  })

  it('sets tones in front of paths, and again after they were restored', () => {
    const content = `q 1 g 0 0 m 300 0 l 300 300 l h W f Q 0.1 g ${box} B`
    expect(turned(content)).toBe(`q 1 g 0 0 m 300 0 l 300 300 l h W f Q ${box} B`)
    expect(turned(`1 1 1 RG 0.1 g ${box} B`)).toBe(`1 G ${box} B`)
  })

  it('understands inks, gradients and patterns', () => {
    expect(turned(`/Dark cs 1 scn ${box} f /Pale cs 1 scn ${box} f`)).toBe(`${box} f 1 g ${box} f`)
    expect(turned(`/Pattern cs /Slope scn ${box} f`)).toBe(`${box} f`)
    expect(turned(`/Pattern cs /Tiles scn ${box} f`)).toBe(`/Pattern cs /Tiles scn ${box} f`)
    expect(turned('/Bright sh')).toBe('q 1 g -100000 -100000 200000 200000 re f Q')
  })

  it('leaves to forms what is set where they are drawn', () => {
    expect(turned(`${box} f ${text}`, true)).toBe(`${box} f ${text}`)
    expect(turned(`0.9 g /F Do`)).toBe('1 g /F Do')
  })

  it('takes the tone of text on images from its own lightness', () => {
    const image = 'q 300 0 0 300 0 0 cm /I Do Q'
    expect(turned(`${image} 0.9 g ${text}`)).toContain('1 g (a) Tj')
    expect(turned(`${image} 0.3 g ${text}`)).toBe(`${image} ${text}`)
  })

  it('changes nothing from where it cannot be read', () => {
    expect(turned(`1 0 0 rg ${text} ] 0 1 0 rg (open`)).toBe(`${text} ] 0 1 0 rg (open`)
  })
})
