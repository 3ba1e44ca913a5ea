import { describe, expect, it } from 'vitest'
import { openEntryNames } from './entry-names.ts'

function entryNames(...names: string[]): string[] {
  const entryName = openEntryNames()
  return names.map(entryName)
}

describe('entry names', () => {
  it('numbers names that are taken', () => {
    expect(entryNames('a.pdf', 'a.pdf', 'a.pdf', 'b.pdf')).toEqual([
      'a.pdf',
      'a (2).pdf',
      'a (3).pdf',
      'b.pdf',
    ])
    expect(entryNames('a (2).pdf', 'a.pdf', 'a.pdf')).toEqual(['a (2).pdf', 'a.pdf', 'a (3).pdf'])
    expect(entryNames('README', 'README', '.pdf', '.pdf')).toEqual([
      'README',
      'README (2)',
      '.pdf',
      '.pdf (2)',
    ])
  })

  it('takes names for the same that a file system takes for the same', () => {
    expect(entryNames('Ä.pdf', 'A\u0308.pdf', 'ä.PDF')).toEqual(['Ä.pdf', 'A\u0308 (2).pdf', 'ä (3).PDF'])
  })

  it('leaves no way out of the folder it is unpacked in', () => {
    expect(entryNames('../../etc/passwd', 'C:\\x\\y.pdf', 'C:z.pdf', '..', '/', 'a\n\u0000b.pdf')).toEqual([
      'passwd',
      'y.pdf',
      'C_z.pdf',
      'file',
      'file (2)',
      'ab.pdf',
    ])
  })

  it('gives no name that is a device on Windows, or that Windows or a listing of files would not show as it is', () => {
    expect(
      entryNames(
        'CON.pdf',
        'aux',
        'com1.tar.gz',
        'nul .pdf',
        'LPT¹',
        'CONTENTS.pdf',
        'a.pdf. .',
        '...pdf',
        ' .pdf',
      ),
    ).toEqual([
      'CON_.pdf',
      'aux_',
      'com1_.tar.gz',
      'nul_ .pdf',
      'LPT¹_',
      'CONTENTS.pdf',
      'a.pdf',
      'file.pdf',
      '.pdf',
    ])
  })

  it('keeps long names within 255 bytes, numbered or not', () => {
    const names = entryNames(...Array.from({ length: 12 }, () => `${'ü'.repeat(300)}.pdf`))
    expect(new Set(names).size).toBe(12)
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
  })
})
