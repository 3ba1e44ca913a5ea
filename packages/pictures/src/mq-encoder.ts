/**
 * The states of the adaptive probability estimator: Qe, next after the more and after the less probable symbol, and
 * whether the latter switches sense (ITU-T T.88, table E.1).
 */
const states = [
  [0x5601, 1, 1, 1], [0x3401, 2, 6, 0], [0x1801, 3, 9, 0], [0x0ac1, 4, 12, 0], [0x0521, 5, 29, 0],
  [0x0221, 38, 33, 0], [0x5601, 7, 6, 1], [0x5401, 8, 14, 0], [0x4801, 9, 14, 0], [0x3801, 10, 14, 0],
  [0x3001, 11, 17, 0], [0x2401, 12, 18, 0], [0x1c01, 13, 20, 0], [0x1601, 29, 21, 0], [0x5601, 15, 14, 1],
  [0x5401, 16, 14, 0], [0x5101, 17, 15, 0], [0x4801, 18, 16, 0], [0x3801, 19, 17, 0], [0x3401, 20, 18, 0],
  [0x3001, 21, 19, 0], [0x2801, 22, 19, 0], [0x2401, 23, 20, 0], [0x2201, 24, 21, 0], [0x1c01, 25, 22, 0],
  [0x1801, 26, 23, 0], [0x1601, 27, 24, 0], [0x1401, 28, 25, 0], [0x1201, 29, 26, 0], [0x1101, 30, 27, 0],
  [0x0ac1, 31, 28, 0], [0x09c1, 32, 29, 0], [0x08a1, 33, 30, 0], [0x0521, 34, 31, 0], [0x0441, 35, 32, 0],
  [0x02a1, 36, 33, 0], [0x0221, 37, 34, 0], [0x0141, 38, 35, 0], [0x0111, 39, 36, 0], [0x0085, 40, 37, 0],
  [0x0049, 41, 38, 0], [0x0025, 42, 39, 0], [0x0015, 43, 40, 0], [0x0009, 44, 41, 0], [0x0005, 45, 42, 0],
  [0x0001, 45, 43, 0], [0x5601, 46, 46, 0],
] as const // prettier-ignore

const probability = Uint16Array.from(states, ([qe]) => qe)
/** The next state with the sense of the more probable symbol in the lowest bit, as contexts keep it. */
const afterMore = Uint8Array.from(
  { length: states.length * 2 },
  (_, at) => ((states[at >> 1]?.[1] ?? 0) << 1) | (at & 1),
)
const afterLess = Uint8Array.from({ length: states.length * 2 }, (_, at) => {
  const [, , next = 0, turn = 0] = states[at >> 1] ?? []
  return (next << 1) | ((at & 1) ^ turn)
})

/** The arithmetic encoder of JBIG2 (ITU-T T.88, annex E; the flow charts of E.2 and the software conventions): codes bits under contexts. */
export class MqEncoder {
  readonly #known: Uint8Array
  readonly #out = growingBytes()
  #interval = 0x8000
  #code = 0
  #left = 12
  /** The byte before the first one: nothing carries into it. */
  #byte = -1

  /** @param contexts how many contexts there are */
  constructor(contexts: number) {
    this.#known = new Uint8Array(contexts)
  }

  encode(context: number, bit: number): void {
    const state = this.#known[context] ?? 0
    const qe = probability[state >> 1] ?? 0
    this.#interval -= qe
    if (bit === (state & 1)) {
      if ((this.#interval & 0x8000) !== 0) {
        this.#code += qe
        return
      }
      if (this.#interval < qe) this.#interval = qe
      else this.#code += qe
      this.#known[context] = afterMore[state] ?? 0
    } else {
      if (this.#interval < qe) this.#code += qe
      else this.#interval = qe
      this.#known[context] = afterLess[state] ?? 0
    }
    this.#renormalise()
  }

  /** Codes so many zeros under the context 0, most of them together. */
  encodeBlank(count: number): void {
    for (let open = count; open > 0; open--) {
      const state = this.#known[0] ?? 0
      const qe = probability[state >> 1] ?? 0
      // So many leave the interval large enough, and change no state.
      const most = (state & 1) === 0 ? Math.floor((this.#interval - 0x8000) / qe) : 0
      const together = Math.min(open, most)
      this.#interval -= together * qe
      this.#code += together * qe
      open -= together
      if (open === 0) return
      this.encode(0, 0)
    }
  }

  /** Ends the code, with its end marker. */
  finish(): Uint8Array {
    const top = this.#code + this.#interval
    this.#code |= 0xffff
    if (this.#code >= top) this.#code -= 0x8000
    this.#code <<= this.#left
    this.#byteOut()
    this.#code <<= this.#left
    this.#byteOut()
    if (this.#byte !== 0xff) this.#out.push(this.#byte)
    this.#out.push(0xff)
    this.#out.push(0xac)
    return this.#out.bytes()
  }

  #renormalise(): void {
    do {
      this.#interval <<= 1
      this.#code <<= 1
      if (--this.#left === 0) this.#byteOut()
    } while ((this.#interval & 0x8000) === 0)
  }

  #byteOut(): void {
    if (this.#byte !== 0xff && this.#code >= 0x8000000) {
      this.#byte++
      this.#code &= 0x7ffffff
    }
    this.#emit(this.#byte === 0xff)
  }

  #emit(stuffed: boolean): void {
    if (this.#byte >= 0) this.#out.push(this.#byte)
    this.#byte = stuffed ? this.#code >>> 20 : (this.#code >>> 19) & 0xff
    this.#code &= stuffed ? 0xfffff : 0x7ffff
    this.#left = stuffed ? 7 : 8
  }
}

function growingBytes() {
  let bytes = new Uint8Array(64 * 1024)
  let length = 0
  return {
    push: (byte: number) => {
      if (length === bytes.length) {
        const larger = new Uint8Array(bytes.length * 2)
        larger.set(bytes)
        bytes = larger
      }
      bytes[length++] = byte
    },
    bytes: () => bytes.subarray(0, length),
  }
}
