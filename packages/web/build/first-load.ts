import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin, Rollup } from 'vite'

/**
 * Fails a build whose page loads more than so many bytes (gzip) before it can be used: its document, the scripts and styles
 * that this names or they import at once, and the words of the language that takes most.
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

const texts = path.join(import.meta.dirname, '../src/texts')
const document = 'index.html'

function firstLoaded(bundle: Rollup.OutputBundle): string[] {
  const found = new Set([document])
  const html = bundle[document]
  const source = html?.type === 'asset' ? String(html.source) : ''
  const waiting = [...source.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(
    ([, name = '']) => name,
  )
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue
    found.add(next)
    const file = bundle[next]
    if (file?.type !== 'chunk') continue
    waiting.push(...file.imports)
    for (const style of file.viteMetadata?.importedCss ?? []) found.add(style)
  }
  const largest = Object.values(bundle)
    .filter((file) => file.type === 'chunk' && path.dirname(file.facadeModuleId ?? '') === texts)
    .toSorted((one, other) => zipped(other) - zipped(one))[0]
  return [...found, ...(largest ? [largest.fileName] : [])]
}

function zipped(file: Output): number {
  if (!file) throw new Error('the bundle lacks a file that the page loads')
  return gzipSync(file.type === 'chunk' ? file.code : file.source).length
}
