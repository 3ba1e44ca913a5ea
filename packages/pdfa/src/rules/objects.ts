import { filterNames, isDictionary } from '@pdf-smaller/pdf'
import { isPostScript } from '../contents/usage.ts'
import { gone, type Rule } from './rule.ts'

/** Files within the file: PDF/A-2 allows only those that follow PDF/A themselves, which is not looked at (6.8). */
export const embeddedFiles: Rule = function* (dictionary) {
  if (dictionary['/EF'] !== undefined) yield gone('6.8', 'a file is embedded', '/EF', 'embedded files')
}

/** Any change breaks a signature (6.4.3). */
export const signatures: Rule = function* (dictionary, { objects }) {
  if (objects.dictionary(dictionary['/V'])['/ByteRange'] !== undefined)
    yield gone('6.4.3', 'a signature does not cover the file', '/V', 'signatures')
}

/** The metadata of parts would have to name all of their terms, too (6.6.2). */
export const partMetadata: Rule = function* (dictionary, { root }, { reference, isObject }) {
  if (isObject && reference === root) return
  if (dictionary['/Metadata'] !== undefined)
    yield gone('6.6.2', 'a part has metadata', '/Metadata', 'metadata of images and other parts')
}

/** Forms that are filled by programs (6.4). */
export const interactiveForm: Rule = function* (dictionary, { objects, root }) {
  if (dictionary !== objects.dictionary(objects.dictionary(root)['/AcroForm'])) return
  if (dictionary['/XFA'] !== undefined) yield gone('6.4.2', 'there is an XFA form', '/XFA', 'the XFA form')
  if (objects.resolve(dictionary['/NeedAppearances']) === true)
    yield gone('6.4.1', 'viewers are to draw the fields', '/NeedAppearances')
}

/** What pages may not do by themselves (6.10). */
export const pages: Rule = function* (dictionary, { pages }, { reference, isObject }) {
  if (isObject && pages.has(reference) && dictionary['/PresSteps'] !== undefined)
    yield gone('6.10', 'a page is shown in steps', '/PresSteps', 'presentation steps')
}

/** Streams stand in the file, packed in ways that the standard knows (6.1.7). */
export const streams: Rule = function* (dictionary, { objects }, { reference, isObject }) {
  const object = objects.all.get(reference)
  if (!isObject || !object || 'value' in object) return
  for (const key of ['/F', '/FFilter', '/FDecodeParms'])
    if (dictionary[key] !== undefined)
      yield gone('6.1.7.1', 'its data are in another file', key, 'references to other files')
  const filters = filterNames(dictionary, objects)
  if (filters.includes('/LZWDecode')) yield { clause: '6.1.7.2', says: 'it is packed with LZW' }
  if (filters.includes('/Crypt')) yield { clause: '6.1.7.2', says: 'it is encrypted' }
}

/** Forms hold no PostScript beside their contents, and do not stand for others (6.2.9). */
export const forms: Rule = function* (form, _, { isObject }) {
  if (!isObject || form['/Subtype'] !== '/Form') return
  if (form['/PS'] !== undefined) yield gone('6.2.9', 'there is PostScript', '/PS', 'PostScript')
  if (form['/OPI'] !== undefined) yield gone('6.2.9', 'it stands for another', '/OPI', 'OPI comments')
  if (isDictionary(form['/Ref']))
    yield gone('6.2.9', 'it stands for a page of another file', '/Ref', 'references to other files')
}

/** Objects that are PostScript as a whole make way for one that draws nothing (6.2.9). */
export const postScript: Rule = function* (resources, { objects, usage }) {
  if (!usage.resources.has(resources)) return
  const drawn = Object.entries(objects.dictionary(resources['/XObject']))
  if (!drawn.some(([, each]) => isPostScript(objects.dictionary(each)))) return
  yield {
    clause: '6.2.9',
    says: 'there is PostScript',
    removed: 'PostScript',
    mend: ({ nothing }) => ({
      '/XObject': Object.fromEntries(
        drawn.map(([name, each]) => [name, isPostScript(objects.dictionary(each)) ? nothing : each]),
      ),
    }),
  }
}
