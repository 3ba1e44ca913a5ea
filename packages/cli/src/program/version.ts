import { readFileSync } from 'node:fs'

/** Of the release that this program belongs to. */
export const version =
  /"version": "([^"]+)"/.exec(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))?.[1] ?? ''
