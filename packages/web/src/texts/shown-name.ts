/** Characters that are not seen, or turn around what stands behind them: controls (category Cc) and those of UAX #9. */
const unseen = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu

/** A name of a file as it is shown: whatever would hide in it, or make it look like another one, is seen as U+FFFD. */
export const shownName = (name: string): string => name.toWellFormed().replace(unseen, '\ufffd')
