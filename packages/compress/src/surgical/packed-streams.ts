import type { Dictionary, FileSlice } from '@pdf-smaller/pdf'

/** A stream as it was packed: where it lies now, and what its filter is given. */
export type PackedStream = { file: FileSlice; parameters: Dictionary }

/** What came of streams that were packed, by where they lay; undefined for those that gained nothing. */
export type PackedStreams = Map<string, PackedStream | undefined>

/** What a stream is known by in there. */
export const placeOf = ({ path, at, length }: FileSlice) => `${path} ${at} ${length}`
