import { expect, it } from 'vitest'
import { loadTexts } from '../../texts/loaded.ts'
import { language } from '../../wishes.ts'
import { optionText } from './option-text.ts'

await loadTexts(language.value)

it('tells options in the words of the form, and others as they are', () => {
  expect(optionText('level', 'high')).toBe('Small')
  expect(optionText('colours', 'black-white')).toBe('black and white')
  expect(optionText('languages', ['deu', '__proto__'])).toBe('deu, __proto__')
})
