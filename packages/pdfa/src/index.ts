export { checkPdfA } from './check.ts'
export type { Finding } from './finding.ts'
export { makePdfA } from './make.ts'
export { PdfAResult } from './result.ts'
