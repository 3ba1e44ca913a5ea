/** Stray characters, such as a page number put on a scan, do not make a page one with text. */
export const leastCharacters = 10

/** How many characters other than white space a text has. */
export const lettersIn = (text: string): number => text.replaceAll(/\s/g, '').length

export const hasText = (text: string): boolean => lettersIn(text) >= leastCharacters
