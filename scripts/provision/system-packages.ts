import { findProgram } from './find-program.ts'
import { installPackages } from './package-manager.ts'

/** The programs that do the work on PDFs. */
const engines = ['gs', 'qpdf', 'pdftoppm', 'pdftotext', 'pdfimages', 'pdfinfo']

const packages = {
  // poppler-data: without it, East Asian text that relies on predefined character maps is lost.
  'apt-get': ['ghostscript', 'qpdf', 'poppler-utils', 'poppler-data'],
  dnf: ['ghostscript', 'qpdf', 'poppler-utils', 'poppler-data'],
  apk: ['ghostscript', 'qpdf', 'poppler-utils', 'poppler-data'],
  brew: ['ghostscript', 'qpdf', 'poppler'],
}

/**
 * Installs Ghostscript, qpdf and Poppler where one of them is missing.
 * @throws Error that names the command to run by hand
 */
export async function provideSystemPackages(): Promise<void> {
  if (engines.every(findProgram)) return
  await installPackages(packages)
  const missing = engines.filter((each) => !findProgram(each))
  if (missing.length > 0) throw new Error(`${missing.join(', ')} still missing after the installation`)
}
