import { fixed, iccProfile, tag } from '@pdf-smaller/pdf/icc-profile'

type Triple = readonly [number, number, number]

/** CIELAB of the paper and of solid inks on it: the aims of ISO 12647-2 for offset printing on coated paper. */
const paper: Triple = [95, 0, -2]
const black: Triple = [16, 0, 0]
/** By the inks on it: 1 cyan, 2 magenta, 4 yellow. */
const solids: readonly Triple[] = [
  paper,
  [55, -37, -50],
  [48, 74, -3],
  [24, 17, -46],
  [89, -5, 93],
  [50, -65, 27],
  [47, 68, 48],
  [23, 0, 0],
]
/** How light spreads under the dots (Yule and Nielsen): two is usual on coated paper. */
const spread = 2
/** Steps of each ink, from none to solid. */
const steps = 9

/**
 * A profile of four inks as offset printing puts them on coated paper, which says what DeviceCMYK looks like. The
 * colours between the solid inks are those of Neugebauer's equations.
 */
export function cmykProfile(): Buffer {
  const identity = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
  const head = Buffer.concat([Buffer.from([4, 3, steps, 0]), fixed([1, 0, 0, 0, 1, 0, 0, 0, 1])])
  const inks = [identity, identity, identity, identity]
  const table = tag('mft1', head, ...inks, grid(), identity, identity, identity)
  return iccProfile({
    deviceClass: 'scnr',
    colours: 'CMYK',
    connection: 'Lab ',
    description: 'Four inks, offset on coated paper',
    tags: { A2B0: table },
  })
}

/** CIELAB at every step of cyan, magenta, yellow and black; black changes fastest. */
function grid(): Buffer {
  const light = solids.map((solid) => spreadOut(relative(lightOf(solid))))
  const blackLight = relative(lightOf(black)).map((part) => part ** (1 / spread))
  const bytes: number[] = []
  const amounts = Array.from({ length: steps }, (_, step) => step / (steps - 1))
  for (const c of amounts)
    for (const m of amounts)
      for (const y of amounts) {
        const colour = [0, 1, 2].map((part) => {
          let sum = 0
          for (const [inks, solid] of light.entries()) {
            const area = (inks & 1 ? c : 1 - c) * (inks & 2 ? m : 1 - m) * (inks & 4 ? y : 1 - y)
            sum += area * (solid[part] ?? 0)
          }
          return sum
        })
        for (const k of amounts) {
          const parts = colour.map((part, index) => (part * (1 - k + k * (blackLight[index] ?? 0))) ** spread)
          bytes.push(...encoded(labOf(parts)))
        }
      }
  return Buffer.from(bytes)
}

const spreadOut = (light: readonly number[]) => light.map((part) => part ** (1 / spread))

/** Tristimulus values over those of the paper, which is white to who looks at it. */
function relative(light: readonly number[]): number[] {
  const white = lightOf(paper)
  return light.map((part, index) => part / (white[index] ?? 1))
}

/** Tristimulus values over those of D50, of a colour in CIELAB. */
function lightOf([lightness, a, b]: Triple): number[] {
  const y = (lightness + 16) / 116
  return [y + a / 500, y, y - b / 200].map((root) =>
    root > 6 / 29 ? root ** 3 : (root - 4 / 29) * 3 * (6 / 29) ** 2,
  )
}

function labOf(light: readonly number[]): Triple {
  const [x = 0, y = 0, z = 0] = light.map((part) =>
    part > (6 / 29) ** 3 ? Math.cbrt(part) : part / (3 * (6 / 29) ** 2) + 4 / 29,
  )
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** Eight bits for each part (ICC.1:2004-10, 6.3.4.2). */
const encoded = ([lightness, a, b]: Triple): number[] =>
  [lightness * 2.55, a + 128, b + 128].map((part) => Math.round(Math.min(255, Math.max(0, part))))
