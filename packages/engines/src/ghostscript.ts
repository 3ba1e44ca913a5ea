import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from './context.ts'
import { run } from './run.ts'

/** Pages that take longer are beyond it; most take a tenth of a second. */
const msPerPage = 700
const startMs = 5000

/** Writes a PDF, with nobody at the keyboard. */
const writing = [
  '-dSAFER',
  '-dBATCH',
  '-dNOPAUSE',
  '-dQUIET',
  '-sDEVICE=pdfwrite',
  '-dCompatibilityLevel=1.7',
  '-dAutoRotatePages=/None',
]

/** Images are neither made smaller nor packed with a loss. */
const keepImages = ['Color', 'Gray', 'Mono'].flatMap((kind) => [
  `-dDownsample${kind}Images=false`,
  ...(kind === 'Mono' ? [] : [`-dAutoFilter${kind}Images=false`, `-d${kind}ImageFilter=/FlateEncode`]),
])

export type RedrawOptions = {
  pages: number
  /** Colours become shades of grey. */
  grayscale: boolean
}

/**
 * Writes a document anew through Ghostscript's pdfwrite: contents and fonts come out compact, images as they were.
 * Much of what is not drawn gets lost, so only the contents of its pages are of use, and they must be judged.
 * @throws JobFailure engine_failed, also when it says that it met an error and went on
 */
export async function redraw(
  input: string,
  output: string,
  context: EngineContext,
  { pages, grayscale }: RedrawOptions,
): Promise<void> {
  const args = [
    ...writing,
    '-dPDFSTOPONERROR',
    '-dPreserveAnnots=false',
    '-dShowAnnots=false',
    // Images must not vanish into the contents.
    '-dMaxInlineImageSize=0',
    ...keepImages,
    ...(grayscale
      ? ['-sColorConversionStrategy=Gray', '-dProcessColorModel=/DeviceGray']
      : ['-sColorConversionStrategy=LeaveColorUnchanged']),
    `-sOutputFile=${output}`,
    input,
  ]
  const { stdout, stderr } = await run('gs', args, context, { timeoutMs: startMs + pages * msPerPage })
  // It ends with 0 on many broken files and only says so.
  const complaint = /\*\*\*\* Error.*/.exec(`${stdout.toString()}${stderr}`)?.[0]
  if (complaint) throw new JobFailure('engine_failed', `gs: ${complaint.slice(0, 200)}`)
}

/**
 * Writes a document anew so that it can follow PDF/A-2: all fonts come along, also those that it only names, and what
 * the standard has no place for is left out. Images keep their coding where it is one of the standard.
 * @throws JobFailure engine_failed
 */
export async function drawForArchive(
  input: string,
  output: string,
  context: EngineContext,
  pages: number,
): Promise<void> {
  const args = [
    ...writing,
    '-dPDFA=2',
    '-dPDFACompatibilityPolicy=1',
    '-sColorConversionStrategy=LeaveColorUnchanged',
    '-dPassThroughJPEGImages=true',
    '-dPassThroughJPXImages=true',
    ...keepImages,
    `-sOutputFile=${output}`,
    input,
  ]
  await run('gs', args, context, { timeoutMs: startMs + pages * msPerPage })
}
