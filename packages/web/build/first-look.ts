import path from 'node:path'
import { build, type Plugin, type Rollup } from 'vite'
import { de } from '../src/texts/de.ts'
import { en } from '../src/texts/en.ts'
import { documentAskingForKey } from '../built.ts'
import type { Language } from '../src/texts/language.ts'
import type { Texts } from '../src/texts/words.ts'

const first = path.join(import.meta.dirname, '../src/first')
const main = path.join(import.meta.dirname, '../src/main.tsx')

/**
 * Writes into the document what is seen of the page before any script of it has come: the same as the page shows then
 * (`src/shell`, `src/views/files`), in all languages and colours, of which a script within the document chooses. The page itself
 * is fetched meanwhile.
 */
export function firstLook(): Plugin[] {
  return [
    {
      name: 'first-look',
      transformIndexHtml: {
        order: 'pre',
        handler: (html) => html.replace('<div id="page"></div>', `<div id="page" inert>${shell()}</div>`),
      },
    },
    {
      name: 'before-paint',
      transformIndexHtml: {
        order: 'post',
        handler: async (html, { bundle }) => {
          const script = await bundled(path.join(first, 'before-paint.ts'))
          const preloads = mainChunks(bundle ?? {})
            .filter((name) => !html.includes(name))
            .map((name) => `<link rel="modulepreload" crossorigin href="/${name}">`)
          // Before the styles: a script behind them would wait for them.
          return html.replace(
            '<!-- before paint -->',
            [`<script>${script}</script>`, ...preloads].join('\n    '),
          )
        },
      },
    },
    {
      name: 'asking-for-a-key',
      generateBundle: {
        order: 'post',
        handler(_, bundle) {
          const html = bundle['index.html']
          if (html?.type !== 'asset') throw new Error('the bundle has no document')
          const source = String(html.source)
            .replace('<html', '<html data-asks-key')
            .replace('<main class="main">', (opening) => opening + keyForm())
          this.emitFile({ type: 'asset', fileName: documentAskingForKey, source })
        },
      },
    },
  ]
}

/** A script and what it imports as one that can stand in a document. */
async function bundled(entry: string): Promise<string> {
  const lib = { entry, formats: ['iife' as const], name: 'first' }
  const built = await build({ configFile: false, logLevel: 'silent', build: { write: false, lib } })
  const [output] = Array.isArray(built) ? built : [built]
  if (!output || !('output' in output)) throw new Error(`${entry} was not built`)
  return output.output[0].code.trim()
}

/** What the start of the page imports when that is to run. */
function mainChunks(bundle: Rollup.OutputBundle): string[] {
  const chunk = Object.values(bundle).find((file) => file.type === 'chunk' && file.facadeModuleId === main)
  if (chunk?.type !== 'chunk') throw new Error('the bundle has no chunk of the page')
  return [chunk.fileName, ...chunk.imports]
}

const languages = { en, de } satisfies Record<Language, Texts>

/** A text in each language; styles show the one that is wanted. */
const said = (text: (texts: Texts) => string) =>
  Object.entries(languages)
    .map(([name, texts]) => `<span data-in="${name}">${text(texts)}</span>`)
    .join('')

const shell = () => `
      <header class="top">
        <a class="brand" href="#/"><img src="./src/design/icon.svg" alt="" /><span>PDF Smaller</span></a>
        <nav class="ways">
          <a href="#/" data-way="files">${said(({ shell }) => shell.files)}</a>
          <a href="#/jobs" data-way="jobs">${said(({ shell }) => shell.jobs)}</a>
          <a href="#/system" data-way="system">${said(({ shell }) => shell.system)}</a>
        </nav>
        <div class="wishes">
          <span class="button button-quiet button-small"><span data-in="en">DE</span><span data-in="de">EN</span></span>
          <span class="button button-quiet button-small"><svg width="18" height="18" viewBox="0 0 18 18">
            <circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" stroke-width="1.75" />
            <path class="first-auto" d="M9 2a7 7 0 0 1 0 14z" fill="currentColor" />
            <path class="first-dark" d="M9 2a7 7 0 0 1 0 14a7 7 0 0 1 0-14" fill="currentColor" />
          </svg></span>
        </div>
      </header>
      <main class="main">
        <div class="first welcome">
          <svg viewBox="0 0 64 64" width="64" height="64">
            <path d="M18 6h20l12 12v40H18z" class="sheet" />
            <path d="M38 6v12h12" class="sheet" />
            <path d="M34 26v20m-8-8 8 8 8-8" class="way" />
          </svg>
          <h1>${said(({ files }) => files.drop)}</h1>
          <p class="soft">${said(({ files }) => files.how)}</p>
          <span class="button button-primary">${said(({ files }) => files.choose)}</span>
          <p class="soft small">${said(({ files }) => files.where)}</p>
        </div>
        <div class="first skeleton"><i></i><i></i><i></i><i></i><i></i></div>
        <div class="first failure"><strong>${said(({ trouble }) => trouble.unreachable)}</strong>
          <p>${said(({ trouble }) => trouble.unreachableWhy)}</p>
          <button type="button" class="button" data-reload>${said(({ trouble }) => trouble.reload)}</button></div>
      </main>
    `

const keyForm = () => `
        <div class="first card stack ask-key">
          <h1>${said(({ key }) => key.title)}</h1>
          <p class="soft">${said(({ key }) => key.why)}</p>
          <p class="small"></p>
          <div class="field"><span class="label">${said(({ key }) => key.label)}</span><input class="input" /></div>
          <div><span class="button button-primary">${said(({ key }) => key.use)}</span></div>
        </div>`
