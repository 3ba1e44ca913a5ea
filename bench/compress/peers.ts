/** Another program that makes PDFs smaller. */
export type Peer = {
  name: string
  /** The program that has to be installed. */
  needs: string
  command: (input: string, output: string) => readonly string[]
}

/** What others are compared with: it makes files about as small as the level medium. */
export const yardstick = 'gs /ebook'

const ghostscript = (preset: string): Peer => ({
  name: `gs /${preset}`,
  needs: 'gs',
  command: (input, output) => {
    const usual = ['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-sDEVICE=pdfwrite']
    return ['gs', ...usual, `-dPDFSETTINGS=/${preset}`, `-sOutputFile=${output}`, input]
  },
})

const rewriting = [
  '--warning-exit-0',
  '--object-streams=generate',
  '--recompress-flate',
  '--compression-level=9',
  '--optimize-images',
]
const optimising = ['--output-type', 'pdf', '--optimize', '3', '--skip-text', '--tesseract-timeout', '0']
/** Images to 150 pixels per inch as `gs /ebook` does, fonts without unused glyphs, everything packed. */
const withPymupdf = `
import sys, pymupdf
document = pymupdf.open(sys.argv[1])
document.rewrite_images(dpi_threshold=225, dpi_target=150, quality=75)
document.subset_fonts()
document.save(sys.argv[2], garbage=4, deflate=True, use_objstms=1)
`

export const peers: readonly Peer[] = [
  ghostscript('ebook'),
  ghostscript('printer'),
  ghostscript('screen'),
  {
    name: 'qpdf, recompressed',
    needs: 'qpdf',
    command: (input, output) => ['qpdf', ...rewriting, input, output],
  },
  {
    name: 'ocrmypdf -O3',
    needs: 'ocrmypdf',
    command: (input, output) => ['ocrmypdf', ...optimising, input, output],
  },
  {
    name: 'mutool clean',
    needs: 'mutool',
    command: (input, output) => ['mutool', 'clean', '-gggg', '-z', '-f', '-i', input, output],
  },
  {
    name: 'pdfcpu optimize',
    needs: 'pdfcpu',
    command: (input, output) => ['pdfcpu', 'optimize', '-q', '-c', 'disable', input, output],
  },
  {
    name: 'pymupdf, images at 150',
    needs: 'pymupdf',
    command: (input, output) => ['python3', '-c', withPymupdf, input, output],
  },
]
