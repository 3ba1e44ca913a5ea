/**
 * Text as labels are compared: small letters without accents, marks as blanks.
 * `Konto-Nr.` and `KONTO NR` are the same label.
 */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
