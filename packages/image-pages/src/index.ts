export * from './bitonal.ts'
export * from './write-image-pages.ts'
