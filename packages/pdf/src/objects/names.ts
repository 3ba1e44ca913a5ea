/**
 * The name that a token stands for: a character for each byte, those behind `#` and two digits included, so that one
 * name has one form however it is written (ISO 32000-1, 7.3.5).
 */
export const nameOf = (token: string): string =>
  token.includes('#')
    ? token.replaceAll(/#([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    : token

const irregular = /[^!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]/g
const plain = /^\/[!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]*$/

/** A name as a token; most stay as they are. */
export const writtenName = (name: string): string =>
  plain.test(name)
    ? name
    : `/${name.slice(1).replaceAll(irregular, (each) => `#${each.charCodeAt(0).toString(16).padStart(2, '0')}`)}`
