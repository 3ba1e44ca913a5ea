import { open, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { placedWords } from '@pdf-smaller/text'
import type { OutputFile } from '@pdf-smaller/task'
import { altoEnd, altoHead, altoPage } from './alto.ts'
import type { FinishedPage } from './finished-page.ts'
import { hocrEnd, hocrHead } from './hocr.ts'
import type { Options } from './options.ts'

/** The files beside a searchable document that tell what was read. */
export type Beside = AsyncDisposable & {
  add: (page: FinishedPage) => Promise<void>
  /** @param texts those of all pages, also of those that were not read */
  close: (texts: readonly string[]) => Promise<OutputFile[]>
}

type Form = {
  extension: string
  contentType: string
  head: string
  page: (page: FinishedPage) => string
  end: string
}

const hocr: Form = {
  extension: 'hocr',
  contentType: 'application/xhtml+xml',
  head: hocrHead,
  page: (page) => `${page.hocr ?? ''}\n`,
  end: hocrEnd,
}

const alto = (name: string): Form => ({
  extension: 'alto.xml',
  contentType: 'application/xml',
  head: altoHead(name),
  page: ({ page, lines, confidence }) => `${altoPage(placedWords(lines, page), confidence)}\n`,
  end: altoEnd,
})

/**
 * Opens the files that are asked for. Pages are written as they come: those of a thousand would fill the memory.
 * @param of the name of the input, and what of it the names of the files begin with
 */
export async function openBeside(
  of: { name: string; stem: string },
  options: Options,
  workspace: string,
): Promise<Beside> {
  const forms = [...(options.hocr ? [hocr] : []), ...(options.alto ? [alto(of.name)] : [])]
  const files = await Promise.all(
    forms.map(async (form) => {
      const file = path.join(workspace, `beside.${form.extension}`)
      const handle = await open(file, 'wx')
      await handle.write(form.head)
      return { form, file, handle }
    }),
  )
  let pages = 0
  const output = (file: string, { extension, contentType }: Pick<Form, 'extension' | 'contentType'>) => ({
    path: file,
    name: `${of.stem}.${extension}`,
    contentType,
  })
  return {
    add: async (page) => {
      pages++
      for (const { form, handle } of files) await handle.write(form.page(page))
    },
    close: async (texts) => {
      const outputs: OutputFile[] = []
      if (options.sidecar) {
        const file = path.join(workspace, 'beside.txt')
        await writeFile(file, texts.join('\f'))
        outputs.push(output(file, { extension: 'txt', contentType: 'text/plain; charset=utf-8' }))
      }
      for (const { form, file, handle } of files) {
        await handle.write(form.end)
        // A document of no page is none in these forms.
        if (pages > 0) outputs.push(output(file, form))
      }
      return outputs
    },
    [Symbol.asyncDispose]: async () => {
      for (const { handle } of files) await handle.close()
    },
  }
}
