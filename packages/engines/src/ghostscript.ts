import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from './context.ts'
import { run } from './run.ts'

/** Pages that take longer are beyond it; most take a tenth of a second. */
const msPerPage = 700
const startMs = 5000

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
  const keepImages = ['Color', 'Gray', 'Mono'].flatMap((kind) => [
    `-dDownsample${kind}Images=false`,
    ...(kind === 'Mono' ? [] : [`-dAutoFilter${kind}Images=false`, `-d${kind}ImageFilter=/FlateEncode`]),
  ])
  const args = [
    '-dSAFER',
    '-dBATCH',
    '-dNOPAUSE',
    '-dQUIET',
    '-dPDFSTOPONERROR',
    '-sDEVICE=pdfwrite',
    '-dCompatibilityLevel=1.7',
    '-dAutoRotatePages=/None',
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
