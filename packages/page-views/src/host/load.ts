/** The main file of a process that only loads what hosts load, so that Node has it compiled. */
await Promise.all([
  import('@pdf-smaller/hosts/channel'),
  import('./hocr.ts'),
  import('./images.ts'),
  import('./pdf.ts'),
  import('./protocol.ts'),
])
