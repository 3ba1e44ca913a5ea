import type { UserConfig } from 'vite'
import { firstLoadWithin } from './build/first-load.ts'
import { firstLook } from './build/first-look.ts'
import { packed } from './build/packed.ts'

/** The most bytes that the first load of the page may take, packed with gzip. */
const mostBytes = 60_000

export default {
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    // What is inlined would need a weaker Content-Security-Policy.
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    license: { fileName: 'licences.md' },
  },
  worker: { format: 'es' },
  plugins: [firstLook(), firstLoadWithin(mostBytes), packed()],
} satisfies UserConfig
