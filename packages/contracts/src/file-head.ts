/** Bytes that tell the type of a file: a PDF's header stands within them (ISO 32000-1, annex H, note 13). */
export const headBytes = 1024
