/** A text of somebody else on one line, without what a terminal would take for an order. */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
}
