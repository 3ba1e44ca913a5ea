import { findProgram } from './find-program.ts'
import { installPackages } from './package-manager.ts'

/** The programs that do the work on PDFs. */
const engines = [
  'gs',
  'qpdf',
  'libdeflate-gzip',
  'pdftoppm',
  'pdftotext',
  'pdfimages',
  'pdfinfo',
  'tesseract',
]

// poppler-data: without it, East Asian text that relies on predefined character maps is lost.
const common = ['ghostscript', 'qpdf', 'poppler-utils', 'poppler-data']
const packages = {
  'apt-get': [
    ...common,
    'libdeflate-tools',
    'tesseract-ocr',
    'tesseract-ocr-eng',
    'tesseract-ocr-deu',
    'tesseract-ocr-osd',
  ],
  dnf: [
    ...common,
    'libdeflate-utils',
    'tesseract',
    'tesseract-langpack-eng',
    'tesseract-langpack-deu',
    'tesseract-osd',
  ],
  apk: [
    ...common,
    'libdeflate-utils',
    'tesseract-ocr',
    'tesseract-ocr-data-eng',
    'tesseract-ocr-data-deu',
    'tesseract-ocr-data-osd',
  ],
  brew: ['ghostscript', 'qpdf', 'libdeflate', 'poppler', 'tesseract', 'tesseract-lang'],
}

/**
 * Installs Ghostscript, qpdf, libdeflate, Poppler and Tesseract where one of them is missing.
 * @throws Error that names the command to run by hand
 */
export async function provideSystemPackages(): Promise<void> {
  if (engines.every(findProgram)) return
  await installPackages(packages)
  const missing = engines.filter((each) => !findProgram(each))
  if (missing.length > 0) throw new Error(`${missing.join(', ')} still missing after the installation`)
}

const sandbox = ['bubblewrap']

/** Installs what shuts in the processes that work on jobs: Linux has it, and the service runs without. */
export async function provideSandbox(): Promise<void> {
  if (process.platform !== 'linux' || findProgram('bwrap')) return
  await installPackages({ 'apt-get': sandbox, dnf: sandbox, apk: sandbox })
}

const browser = ['chromium']

/** Installs the browser that the tests of the web page drive. */
export async function provideBrowser(): Promise<void> {
  if (findProgram('chromium')) return
  await installPackages({ 'apt-get': browser, dnf: browser, apk: browser })
  if (!findProgram('chromium')) throw new Error('chromium is still missing after the installation')
}
