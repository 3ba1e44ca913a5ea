import type { TaskDescription } from '@pdf-smaller/client/node'

/** Whether files become one job, or a batch with a job for each, as PDFs do where one of them comes alone. */
export function goTogether({ max, alone }: TaskDescription['inputs'], files: readonly string[]): boolean {
  const arePdfs = files.length > 0 && files.every((file) => /\.pdf$/i.test(file))
  return max > 1 && !(alone === 'application/pdf' && arePdfs)
}
