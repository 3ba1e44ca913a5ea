/** How jobs end: what all programs here book. */
export const outcomes = [
  'pdfsmaller.job.completed.v1',
  'pdfsmaller.job.failed.v1',
  'pdfsmaller.job.cancelled.v1',
] as const
