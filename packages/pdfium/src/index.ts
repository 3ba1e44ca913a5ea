export type { Drawing } from './draw.ts'
export * from './pdfium.ts'
