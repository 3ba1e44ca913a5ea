import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { program } from '../commands.ts'
import { flat } from '../program/description.ts'
import { candidates } from './candidates.ts'
import { scripts } from './scripts.ts'

const found = (...words: string[]) => {
  const { words: all, files } = candidates(words, flat(program))
  return { words: all.map(({ word }) => word), files }
}

it.each([
  [['compr'], { words: ['compress'], files: false }],
  [['ke'], { words: ['keys'], files: false }],
  [['keys', ''], { words: ['create', 'list', 'revoke'], files: false }],
  [['--server', 'http://x', 'keys', 'cr'], { words: ['create'], files: false }],
  [['compress', '--target'], { words: ['--target-bytes'], files: false }],
  [['compress', '--no-s'], { words: ['--no-strict'], files: false }],
  [['compress', '--level', 'm'], { words: ['medium', 'maximum'], files: false }],
  [['compress', ''], { words: [], files: true }],
  [['compress', 'a.pdf', '-o', ''], { words: [], files: true }],
  [['compress', '--', '-'], { words: [], files: true }],
  [['jobs', '--status', 'c'], { words: ['completed', 'cancelled'], files: false }],
  [['completion', 'z'], { words: ['zsh'], files: false }],
  [['status', ''], { words: [], files: false }],
  [['frobnicate', ''], { words: [], files: false }],
])('of %j are %o', (words, expected) => {
  expect(found(...words)).toEqual(expected)
})

it('are taken by bash, with the names of files as they are', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pdf-smaller-completion-'))
  try {
    writeFileSync(path.join(folder, 'a scan.pdf'), '')
    const asked = path.join(folder, 'asked')
    const stub = path.join(folder, 'stub')
    writeFileSync(
      stub,
      `#!/bin/sh\nprintf '%s|' "$@" > ${asked}\nprintf -- '--tag\\tit is a tag\\n:files\\n'\n`,
      { mode: 0o755 },
    )
    const script = `${scripts.bash}
cd ${folder}
COMP_WORDS=(./stub compress '' 'a'); COMP_CWORD=3
_pdf_smaller
printf '%s\\n' "\${COMPREPLY[@]}" | sort; cat asked`
    const told = execFileSync('bash', ['-c', script], { encoding: 'utf8' })
    expect(told).toBe('--tag\na scan.pdf\nasked\ncomplete|--|compress||a|')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
