import { expect, it } from 'vitest'
import { characterMaps } from './character-map.ts'
import { writtenCharacterMaps } from './written-character-maps.ts'

it('maps of codes of two and of four bytes keep what leads to some glyphs, in any order', () => {
  const ofSymbols: [number, number][] = [
    [0xf041, 9],
    [0xf020, 3],
    [0xf021, 4],
    [0xf022, 8],
    [0xf023, 5],
  ]
  const ofAll: [number, number][] = [
    [0x41, 9],
    [0x1f600, 10],
    [0x1f601, 11],
    [0x1f602, 12],
  ]
  const maps = [
    { platform: 3, encoding: 0, pairs: ofSymbols },
    { platform: 0, encoding: 4, pairs: ofAll },
    { platform: 1, encoding: 0, pairs: [] },
  ]
  const read = characterMaps(writtenCharacterMaps(maps, new Set([3, 4, 9, 10, 11]))) ?? []
  const told = read.map(({ platform, encoding, pairs }) => [platform, encoding, [...pairs]])
  expect(told).toEqual([
    [
      3,
      0,
      [
        [0xf020, 3],
        [0xf021, 4],
        [0xf041, 9],
      ],
    ],
    [
      0,
      4,
      [
        [0x41, 9],
        [0x1f600, 10],
        [0x1f601, 11],
      ],
    ],
    [1, 0, []],
  ])
})
