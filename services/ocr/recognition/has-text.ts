/** Stray characters, such as a page number put on a scan, do not make a page one with text. */
const leastCharacters = 10

export const hasText = (text: string): boolean => text.replaceAll(/\s/g, '').length >= leastCharacters
