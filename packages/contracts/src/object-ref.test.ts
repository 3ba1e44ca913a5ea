import * as fc from '@pdf-smaller/testing/properties'
import { describe, expect, it } from 'vitest'
import { displayName, safeName } from './object-ref.ts'

const bytes = (text: string) => new TextEncoder().encode(text).length

/** Names with everything that users and attackers put into them. */
const names = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('/', '\\', '..', '.', '.pdf', '\0', '\n', '😀', '\u202e', '\ud800', '日本語', 'é'),
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.join(''))

describe('safeName', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['Rechnung März 2024.pdf', 'Rechnung_Marz_2024.pdf'],
    ['Ångström.PDF', 'Angstrom.PDF'],
    ['日本語.pdf', 'file.pdf'],
    ['😀😀.pdf', 'file.pdf'],
    ['.pdf', 'file.pdf'],
    ['archive.tar.gz', 'archive.tar.gz'],
    ['no extension', 'no_extension'],
    ['a.verylongextension', 'a.verylongextension'],
    ['../../etc/passwd', 'etc_passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['..', 'file'],
    ['', 'file'],
    ['a\0b.pdf', 'a_b.pdf'],
  ])('of %j is %s', (name, safe) => {
    expect(safeName(name)).toBe(safe)
  })

  it('cuts long names and keeps the extension', () => {
    expect(safeName(`${'x'.repeat(300)}.pdf`)).toBe(`${'x'.repeat(96)}.pdf`)
  })

  it('is a segment of a key, whatever the name', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(safeName(name)).toMatch(/^[A-Za-z0-9-][A-Za-z0-9._-]{0,99}$/)
      }),
    )
  })
})

describe('displayName', () => {
  it.each([
    ['Rechnung März.pdf', 'Rechnung März.pdf'],
    ['日本語.pdf', '日本語.pdf'],
    ['/home/me/a.pdf', 'a.pdf'],
    ['C:\\Users\\me\\a.pdf', 'a.pdf'],
    ['  a.pdf\n', 'a.pdf'],
    ['a\u202efdp.exe', 'afdp.exe'],
    ['half \ud83d.pdf', 'half .pdf'],
    ['folder/', 'file'],
    ['..', 'file'],
    ['a/...', 'file'],
    ['', 'file'],
  ])('of %j is %j', (name, shown) => {
    expect(displayName(name)).toBe(shown)
  })

  it.each([
    ['x', 251],
    ['é', 125],
    ['語', 83],
    ['😀', 62],
  ])('keeps whole characters of a long name of %s, and the extension', (character, kept) => {
    expect(displayName(`${character.repeat(300)}.pdf`)).toBe(`${character.repeat(kept)}.pdf`)
  })

  it('is one well-formed segment of a path, whatever the name', () => {
    fc.assert(
      fc.property(names, (name) => {
        const shown = displayName(name)
        expect(shown.isWellFormed()).toBe(true)
        expect(bytes(shown)).toBeLessThanOrEqual(255)
        expect(shown).toMatch(/^(?!\.*$)[^/\\\p{C}]+$/u)
      }),
    )
  })

  it('does not change what it gave', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(displayName(displayName(name))).toBe(displayName(name))
      }),
    )
  })
})
