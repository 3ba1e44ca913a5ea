import { existsSync } from 'node:fs'
import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const patterns = ['*.md', 'docs/**/*.md', 'deploy/**/*.md']

it('links of pages lead to files', async () => {
  const broken: string[] = []
  let looked = 0
  for await (const page of glob(patterns, { cwd: root })) {
    const text = await readFile(path.join(root, page), 'utf8')
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:|mailto:|#|<)([^)#\s]+)[^)]*\)/g)) {
      looked++
      if (!existsSync(path.join(root, path.dirname(page), target))) broken.push(`${page}: ${target}`)
    }
  }
  expect(looked).toBeGreaterThan(100)
  expect(broken).toEqual([])
})
