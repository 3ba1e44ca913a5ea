import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { writeImagePages } from '@pdf-smaller/image-pages'
import type { OcrContext } from './options.ts'

/**
 * The PDF that is to be made searchable: the one that was sent, or one with a page for each image.
 * @returns its path
 * @throws JobFailure missing_file, too_many_files, and of images damaged_image, too_many_pixels, too_many_pages
 */
export async function documentOfInputs({ inputs, engine, workspace, progress }: OcrContext): Promise<string> {
  const [input] = inputs
  if (!input) throw new JobFailure('missing_file')
  const pdf = inputs.find(({ contentType }) => contentType === 'application/pdf')
  if (pdf && inputs.length > 1)
    throw new JobFailure('too_many_files', `a PDF comes alone, and ${pdf.name} came with others`)
  if (pdf) return pdf.path
  const document = path.join(workspace, 'images.pdf')
  await writeImagePages(inputs, document, engine, {
    unsaid: 'paper',
    onImage: (done) => progress('inspection', done, inputs.length + 1, 'making pages of the images'),
  })
  return document
}
