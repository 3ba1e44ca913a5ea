import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from './context.ts'
import { run } from './run.ts'

export type DistillOptions = {
  /** Pixels per inch that images are reduced to, in place on the page. */
  dpi: number
  /** JPEG quality, 1 to 100. */
  quality: number
}

/**
 * Writes a document anew through Ghostscript's pdfwrite. It draws every page again, so much of what is not drawn gets lost:
 * the result must be judged.
 */
export async function distill(
  input: string,
  output: string,
  context: EngineContext,
  { dpi, quality }: DistillOptions,
): Promise<void> {
  const images = ['Color', 'Gray'].flatMap((kind) => [
    `-dDownsample${kind}Images=true`,
    `-d${kind}ImageDownsampleType=/Bicubic`,
    `-d${kind}ImageResolution=${dpi}`,
    `-d${kind}ImageDownsampleThreshold=1.15`,
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
    '-dPreserveAnnots=true',
    '-dDetectDuplicateImages=true',
    '-dDownsampleMonoImages=true',
    `-dMonoImageResolution=${Math.max(300, dpi * 2)}`,
    ...images,
    `-sOutputFile=${output}`,
    '-c',
    `<< /ColorImageDict << /QFactor ${quantization(quality)} /Blend 1 /HSamples [2 1 1 2] /VSamples [2 1 1 2] >> ` +
      `/GrayImageDict << /QFactor ${quantization(quality)} /Blend 1 /HSamples [1 1 1 1] /VSamples [1 1 1 1] >> >> setdistillerparams`,
    '-f',
    input,
  ]
  const { stdout, stderr } = await run('gs', args, context)
  // It ends with 0 on many broken files and only says so.
  const complaint = /\*\*\*\* Error.*/.exec(`${stdout.toString()}${stderr}`)?.[0]
  if (complaint) throw new JobFailure('engine_failed', `gs: ${complaint.slice(0, 200)}`)
}

/** libjpeg's scale of quality as the factor that Ghostscript wants: 100 is 0, 50 is 1 (jcparam.c, jpeg_quality_scaling). */
function quantization(quality: number): string {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality
  return Math.max(0.01, percent / 100).toFixed(3)
}
