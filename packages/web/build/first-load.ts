import { gzipSync } from 'node:zlib'
import type { Plugin, Rollup } from 'vite'

/**
 * Fails a build whose page loads more than so many bytes (gzip) before it is seen: its document, and the scripts and styles
 * that this names or they import at once.
 */
export function firstLoadWithin(mostBytes: number): Plugin {
  return {
    name: 'first-load-within',
    writeBundle(_, bundle) {
      const sizes = firstLoaded(bundle).map((name): [string, number] => [name, zipped(bundle[name])])
      const sum = sizes.reduce((all, [, bytes]) => all + bytes, 0)
      const told = sizes.map(([name, bytes]) => `  ${name} ${bytes}`).join('\n')
      if (sum > mostBytes)
        this.error(`the first load takes ${sum} bytes of gzip, more than ${mostBytes}:\n${told}`)
      this.info(`first load: ${sum} of ${mostBytes} bytes of gzip`)
    },
  }
}

type Output = Rollup.OutputAsset | Rollup.OutputChunk | undefined

function firstLoaded(bundle: Rollup.OutputBundle): string[] {
  const found = new Set(['index.html'])
  const waiting = Object.values(bundle).flatMap((file) =>
    file.type === 'chunk' && file.isEntry ? [file.fileName] : [],
  )
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue
    found.add(next)
    const file = bundle[next]
    if (file?.type !== 'chunk') continue
    waiting.push(...file.imports)
    for (const style of file.viteMetadata?.importedCss ?? []) found.add(style)
  }
  return [...found]
}

function zipped(file: Output): number {
  if (!file) throw new Error('the bundle lacks a file that the page loads')
  return gzipSync(file.type === 'chunk' ? file.code : file.source).length
}
