import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from './context.ts'
import { type PageFile, pageFiles } from './poppler.ts'
import { run } from './run.ts'

/** How large pages are drawn: by resolution, in pixels per inch, or so that the longer side has so many pixels. */
export type Scale = { dpi: number } | { longestSide: number }

export type RenderOptions = {
  first: number
  last: number
  scale: Scale
  colours: 'keep' | 'grayscale' | 'black-white'
  /** Pictures to be worked on, as TIFF without compression; or JPEG, always in colour. */
  as: { format: 'tiff' } | { format: 'jpeg'; quality: number }
  /** Whether notes, stamps and fields are left out. */
  withoutAnnotations?: boolean
  /** Processor time for all pages. */
  timeoutMs: number
}

/**
 * Draws pages, cut to their crop boxes and on white, as `<prefix>-<page>.tif` or `.jpg`.
 * @returns the pictures in the order of the pages
 * @throws JobFailure engine_failed, also when a page is missing; engine_timeout, out_of_memory
 */
export async function renderPages(
  file: string,
  prefix: string,
  context: EngineContext,
  { first, last, scale, colours, as, withoutAnnotations = false, timeoutMs }: RenderOptions,
): Promise<PageFile[]> {
  const format =
    as.format === 'tiff'
      ? ['-tiff', '-tiffcompression', 'none']
      : ['-jpeg', '-jpegopt', `quality=${as.quality},optimize=y`]
  const tones = { keep: [], grayscale: ['-gray'], 'black-white': ['-mono'] }[colours]
  const shown = withoutAnnotations ? ['-hide-annotations'] : []
  const args = [...rangeArgs(first, last, scale), ...format, ...tones, ...shown, '-cropbox', file, prefix]
  const { stderr } = await run('pdftoppm', args, context, { timeoutMs })
  const pictures = await pageFiles(prefix, '', as.format === 'tiff' ? 'tif' : 'jpg')
  if (pictures.length !== last - first + 1) throw new JobFailure('engine_failed', missing(stderr))
  return pictures.sort((one, other) => one.page - other.page)
}

function missing(stderr: string): string {
  const said = stderr.trimEnd().split('\n').at(-1)
  return `pdftoppm left out a page${said ? `: ${said}` : ''}`
}

/**
 * Draws one page without a background, as PNG.
 * @throws JobFailure engine_failed, engine_timeout, out_of_memory
 */
export async function renderTransparent(
  file: string,
  prefix: string,
  context: EngineContext,
  { page, scale, timeoutMs }: { page: number; scale: Scale; timeoutMs: number },
): Promise<PageFile> {
  const args = [...rangeArgs(page, page, scale), '-png', '-transp', '-cropbox', '-singlefile', file, prefix]
  await run('pdftocairo', args, context, { timeoutMs })
  return { page, file: `${prefix}.png` }
}

function rangeArgs(first: number, last: number, scale: Scale): string[] {
  const size = 'dpi' in scale ? ['-r', String(scale.dpi)] : ['-scale-to', String(scale.longestSide)]
  return ['-f', String(first), '-l', String(last), ...size]
}
