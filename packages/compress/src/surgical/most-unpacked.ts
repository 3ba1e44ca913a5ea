/** What one stream may unpack to; more is a bomb. */
export const mostUnpackedBytes = 256 * 1024 * 1024
