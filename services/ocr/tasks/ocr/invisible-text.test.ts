import { describe, expect, it } from 'vitest'
import { shownText } from './invisible-text.ts'

const shown = (content: string, unseen = false) => {
  const { without, ...told } = shownText(Buffer.from(content, 'latin1'), unseen)
  return { ...told, without: without().toString('latin1') }
}

describe('shownText', () => {
  it('takes out what cannot be seen', () => {
    const content = 'q 1 0 0 1 0 0 cm /Im Do Q BT /F 12 Tf 3 Tr 9 9 Td [<0041> -20 (b\\)c)] TJ (d) Tj ET 0 g'
    expect(shown(content)).toEqual({
      visible: 0,
      invisible: 6,
      bound: 0,
      drawn: [{ name: '/Im', unseen: false }],
      isWhole: true,
      without: 'q 1 0 0 1 0 0 cm /Im Do Q BT /F 12 Tf 3 Tr 9 9 Td ET 0 g',
    })
  })

  it.each([
    ['text that is seen', 'BT (abc) Tj ET', 3, 0],
    ['text behind the state that hid it', 'q 3 Tr Q BT (abc) Tj ET', 3, 0],
    ['strings with brackets and operators in them', 'BT (a (3 Tr) b) Tj ET', 10, 0],
    ['what looks like text in an inline image', 'BI /W 1 ID BT 3 Tr (a) Tj ET\nEI BT (a) Tj ET', 1, 0],
    ['comments', '% BT 3 Tr (a) Tj ET\nBT (a) Tj ET', 1, 0],
    ['strings that never end', 'BT 3 Tr (abc', 0, 0],
    ['other modes without a look', 'BT 7 Tr (abc) Tj ET', 3, 0],
  ])('leaves %s', (_, content, visible, invisible) => {
    expect(shown(content)).toMatchObject({ visible, invisible, without: content })
  })

  it.each([
    ['beside text that is seen', 'BT 3 Tr (ab) Tj 0 Tr 0 9 Td (c) Tj ET', 'BT 3 Tr 0 Tr 0 9 Td (c) Tj ET'],
    ["with the next line's", "BT 3 Tr (ab)' 0 Tr 0 9 Td (c) Tj ET", 'BT 3 Tr T* 0 Tr 0 9 Td (c) Tj ET'],
    ['with the spacing of it', 'BT 3 Tr 1 .5 (ab)" ET', 'BT 3 Tr 1 Tw 0.5 Tc T* ET'],
    ['behind what is seen', 'BT (c) Tj 3 Tr (ab) Tj ET', 'BT (c) Tj 3 Tr ET'],
  ])('takes out text that cannot be seen %s', (_, content, without) => {
    expect(shown(content)).toMatchObject({ invisible: 2, bound: 0, without })
  })

  it('tells of text that what is seen goes on from', () => {
    expect(shown('BT 3 Tr (ab) Tj 0 Tr (c) Tj ET')).toMatchObject({ visible: 1, invisible: 2, bound: 2 })
  })

  it('goes by the state of what draws a form', () => {
    expect(shown('/A Do 3 Tr /A Do', false).drawn).toEqual([
      { name: '/A', unseen: false },
      { name: '/A', unseen: true },
    ])
    expect(shown('BT (ab) Tj ET', true)).toMatchObject({ visible: 0, invisible: 2 })
  })

  it('tells where contents cannot be read to their end', () => {
    expect(shown('BT 3 Tr (ab) Tj ET ] BT (c) Tj ET')).toMatchObject({ invisible: 2, isWhole: false })
  })
})
