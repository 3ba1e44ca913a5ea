/** Stands in memory for the `#` of a name that is kept as it was written; no byte of a file reads so. */
const unread = '\uff03'

/**
 * The name that a token stands for: a character for each byte, those behind `#` and two digits included, so that one
 * name has one form however it is written (ISO 32000-1, 7.3.5). Where two digits do not follow, readers differ in what
 * it means, so such a token is kept as it is, each `#` as a character that no other name has.
 */
export function nameOf(token: string): string {
  if (!token.includes('#')) return token
  return /#(?![\da-f]{2})/i.test(token)
    ? token.replaceAll('#', unread)
    : token.replaceAll(/#(..)/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
}

const irregular = /[^!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]/g
const plain = /^\/[!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]*$/

/** A name as a token; most stay as they are. */
export const writtenName = (name: string): string =>
  plain.test(name)
    ? name
    : name.includes(unread)
      ? apart(name.replaceAll(unread, '#'))
      : `/${name.slice(1).replaceAll(irregular, (each) => `#${each.charCodeAt(0).toString(16).padStart(2, '0')}`)}`

/** A token of a name with what must follow it: Poppler takes two bytes behind `#` whatever they are, if the first is a digit. */
export const apart = (token: string): string => (/^\/.*#[\da-f]$/i.test(token) ? `${token}  ` : token)

/** The name that some readers take for the same: what follows `#` is no number to one, and any to the other. */
export const likeName = (name: string): string | undefined =>
  name.includes(unread)
    ? name.replaceAll(unread, '#')
    : name.includes('#')
      ? name.replaceAll('#', unread)
      : undefined
