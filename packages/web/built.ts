import path from 'node:path'

/** The folder of the built page: `index.html` and its like for whoever needs a key, and in `assets` the files that it loads, which bear the hashes of what they hold. */
export const builtPage = path.join(import.meta.dirname, 'dist')

/** The same document for whoever has to show a key first: it asks for one at once. */
export const documentAskingForKey = 'with-key.html'
