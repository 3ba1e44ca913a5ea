import { readFileSync } from 'node:fs'

/** A program of a document, by the name in its first line. */
export type Block = { name: string; code: string }

/** The programs of a Markdown file, all of its blocks in TypeScript or for the shell. @throws Error for one without a name */
export function blocksOf(file: string): Block[] {
  const text = readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^```(ts|sh)\n([^]*?)^```$/gm)].map(([, , code = '']) => {
    const name = /^(?:\/\/|#) (\S+\.(?:ts|sh))\n/.exec(code)?.[1]
    if (name === undefined) throw new Error(`${file} has a program without a name:\n${code}`)
    return { name, code }
  })
}
