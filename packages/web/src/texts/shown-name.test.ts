import { expect, it } from 'vitest'
import { shownName } from './shown-name.ts'

it('shows what would hide in a name or turn it around, and leaves names of all languages alone', () => {
  expect(shownName('invoice\u202efdp.exe')).toBe('invoice\ufffdfdp.exe')
  expect(shownName('a\u2066b\u2069c\u200fd\u061ce\u0000f\ng\u0085h\ufeffi\ud800')).toBe(
    'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffdh\ufffdi\ufffd',
  )
  // Persian has joiners in words, and so have some emoji.
  for (const name of ['Übergröße.pdf', 'חשבונית.pdf', 'می\u200cخواهم.pdf', '👩\u200d💻.pdf'])
    expect(shownName(name)).toBe(name)
})
