/** What the header of a colour profile says (ICC.1:2004-10, 7.2). */
export type IccHeader = { deviceClass: string; colours: string; version: number }

/** The header of a colour profile; undefined where there is none. */
export function iccHeaderOf(profile: Buffer): IccHeader | undefined {
  if (profile.length < 128 || profile.toString('latin1', 36, 40) !== 'acsp') return undefined
  return {
    deviceClass: profile.toString('latin1', 12, 16),
    colours: profile.toString('latin1', 16, 20),
    version: profile.readUInt8(8),
  }
}

const components: Readonly<Record<string, number>> = { GRAY: 1, 'RGB ': 3, CMYK: 4, 'Lab ': 3 }

/** Whether a profile may say what colours of so many components look like (6.2.4.2). */
export const isForColours = ({ deviceClass, colours, version }: IccHeader, count: number): boolean =>
  version < 5 && ['prtr', 'mntr', 'scnr', 'spac'].includes(deviceClass) && components[colours] === count
