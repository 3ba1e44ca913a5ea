import { describe, expect, it } from 'vitest'
import { shownText } from './invisible-text.ts'

const shown = (content: string) => {
  const { visible, invisible, without } = shownText(Buffer.from(content, 'latin1'))
  return { visible, invisible, without: without.toString('latin1') }
}

describe('shownText', () => {
  it('takes out what cannot be seen', () => {
    const content = 'q 1 0 0 1 0 0 cm /Im Do Q BT /F 12 Tf 3 Tr 9 9 Td [<0041> -20 (b\\)c)] TJ (d) Tj ET 0 g'
    expect(shown(content)).toEqual({
      visible: 0,
      invisible: 7,
      without: 'q 1 0 0 1 0 0 cm /Im Do Q BT /F 12 Tf 3 Tr 9 9 Td   ET 0 g',
    })
  })

  it.each([
    ['text that is seen', 'BT (abc) Tj ET', 3, 0],
    ['a text object with some text that is seen', 'BT 3 Tr (ab) Tj 0 Tr (c) Tj ET', 1, 2],
    ['text behind the state that hid it', 'q 3 Tr Q BT (abc) Tj ET', 3, 0],
    ['strings with brackets and operators in them', 'BT (a (3 Tr) b) Tj ET', 10, 0],
    ['what looks like text in an inline image', 'BI /W 1 ID BT 3 Tr (a) Tj ET\nEI BT (a) Tj ET', 1, 0],
    ['comments', '% BT 3 Tr (a) Tj ET\nBT (a) Tj ET', 1, 0],
    ['strings that never end', 'BT 3 Tr (abc', 0, 0],
  ])('leaves %s', (_, content, visible, invisible) => {
    expect(shown(content)).toEqual({ visible, invisible, without: content })
  })
})
