import { fixed, iccProfile, tag, xyz } from './icc-profile.ts'

/** The primaries of IEC 61966-2-1 and its white, D65, adapted to D50 by Bradford's matrix. */
const primaries = {
  rXYZ: [0.4360747, 0.2225045, 0.0139322],
  gXYZ: [0.3850649, 0.7168786, 0.0971045],
  bXYZ: [0.1430804, 0.0606169, 0.7141733],
}
const toD50 = [
  1.0478112, 0.0228866, -0.050127, 0.0295424, 0.9904844, -0.0170491, -0.0092345, 0.0150436, 0.7521316,
]
/** Type 3 of a parametric curve: a power with a straight line at its foot. */
const curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]

/** A profile of sRGB. */
export function srgbProfile(): Buffer {
  const toLight = tag('para', Buffer.from([0, 3, 0, 0]), fixed(curve))
  const shades = { rTRC: toLight, gTRC: toLight, bTRC: toLight }
  const [rXYZ, gXYZ, bXYZ] = [xyz(primaries.rXYZ), xyz(primaries.gXYZ), xyz(primaries.bXYZ)]
  const tags = { rXYZ, gXYZ, bXYZ, ...shades, chad: tag('sf32', fixed(toD50)) }
  return iccProfile({ deviceClass: 'mntr', colours: 'RGB ', connection: 'XYZ ', description: 'sRGB', tags })
}
