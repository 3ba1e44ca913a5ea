import { rm } from 'node:fs/promises'
import type { EngineContext } from '@pdf-smaller/engines'
import sharp, { type Sharp } from 'sharp'

/**
 * Puts another picture in the place of one that is to be read, in shades of grey: sharp would make three channels of one,
 * and reading those takes a third longer.
 * @returns the new file; the old one is removed
 */
export async function changePicture(
  file: string,
  context: EngineContext,
  change: (picture: Sharp) => Sharp | Promise<Sharp>,
): Promise<string> {
  const output = `${file}.changed.tif`
  await context.core(async () => {
    const changed = await change(sharp(file, { limitInputPixels: false }).toColourspace('b-w'))
    await changed.toColourspace('b-w').tiff({ compression: 'none' }).toFile(output)
  })
  await rm(file)
  return output
}
