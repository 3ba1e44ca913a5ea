/** The `source` of the events that the janitor writes. */
export const source = 'pdf-smaller/janitor'
