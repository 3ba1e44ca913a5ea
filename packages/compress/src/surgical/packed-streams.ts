import type { Dictionary, FileSlice } from '@pdf-smaller/pdf'

export type PackedStream = { file: FileSlice; parameters: Dictionary }

/** What came of streams that were packed, by where they lay; undefined for those that gained nothing. */
export type PackedStreams = Map<string, PackedStream | undefined>
