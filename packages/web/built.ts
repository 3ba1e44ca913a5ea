import path from 'node:path'

/** The folder of the built page: `index.html`, and in `assets` the files that it loads, which bear the hashes of what they hold. */
export const builtPage = path.join(import.meta.dirname, 'dist')
