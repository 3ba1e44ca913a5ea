import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from './context.ts'
import { rangeArgs, type Scale } from './drawn-range.ts'
import { type PageFile, pageFiles } from './page-files.ts'
import type { PageRange } from './page-range.ts'
import { run } from './run.ts'

/** Most pages are drawn in well under a second; a drawing of some 300,000 lines and areas takes ten. */
const drawingMs = 30_000

export type DrawOptions = PageRange & {
  /** Pixels of the longer side of each page. */
  longestSide: number
  /** Whether notes, stamps and fields are left out. */
  withoutAnnotations?: boolean
  /** Time for all pages; what honest pages take, by default. */
  timeoutMs?: number
}

/**
 * Draws a range of pages in colour as `<prefix>-<page>.ppm`, cut to their crop boxes.
 */
export async function drawPages(
  file: string,
  prefix: string,
  context: EngineContext,
  { first, last, longestSide, timeoutMs, withoutAnnotations = false }: DrawOptions,
): Promise<PageFile[]> {
  const range = ['-f', String(first), '-l', String(last)]
  const shown = withoutAnnotations ? ['-hide-annotations'] : []
  const args = [...range, '-scale-to', String(longestSide), ...shown, '-cropbox', file, prefix]
  await run('pdftoppm', args, context, { timeoutMs: timeoutMs ?? drawingMs * (1 + (last - first) / 4) })
  return pageFiles(prefix, '', 'ppm')
}

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
