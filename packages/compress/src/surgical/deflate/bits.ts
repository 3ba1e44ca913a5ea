/** Writes bits as RFC 1951 packs them: the lowest of each byte first. */
export type BitWriter = {
  /** Appends up to 16 bits. */
  write: (value: number, bits: number) => void
  /** Fills the last byte up, so that whole bytes follow. */
  align: () => void
  /** Appends whole bytes, after `align`. */
  append: (bytes: Uint8Array) => void
  /** All that was written. */
  end: () => Uint8Array
}

/** @param capacity bytes that will be written at most */
export function openBits(capacity: number): BitWriter {
  const bytes = new Uint8Array(capacity)
  let [length, pending, pendingBits] = [0, 0, 0]
  const align = () => {
    if (pendingBits > 0) bytes[length++] = pending
    ;[pending, pendingBits] = [0, 0]
  }
  return {
    write: (value, bits) => {
      pending |= value << pendingBits
      pendingBits += bits
      while (pendingBits >= 8) {
        bytes[length++] = pending & 255
        pending >>>= 8
        pendingBits -= 8
      }
    },
    align,
    append: (whole) => {
      bytes.set(whole, length)
      length += whole.length
    },
    end: () => {
      align()
      return bytes.subarray(0, length)
    },
  }
}
