/** What is told of pages beside their text: its words with places and fonts, and the text in rows as it stands there. */
export type Told = { words: boolean; rows: boolean }
