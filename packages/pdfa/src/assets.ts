import { type WorkingCopy, xmpPacketOf } from '@pdf-smaller/pdf'
import { cmykProfile } from './colour/cmyk.ts'
import { srgbProfile } from '@pdf-smaller/pdf/srgb'
import type { Facts } from './facts.ts'
import type { Assets } from './finding.ts'
import { descriptionOf } from './metadata/read.ts'
import { packetOf } from './metadata/packet.ts'

/** Adds what the mended objects refer to; what none refers to in the end is not written. */
export async function addAssets(copy: WorkingCopy, { root, objects, profiles }: Facts): Promise<Assets> {
  const catalogue = objects.dictionary(root)
  const said = (await xmpPacketOf(copy))?.bytes?.toString('utf8') ?? ''
  const packet = Buffer.from(packetOf(descriptionOf(objects, said)))
  const printed = objects
    .array(catalogue['/OutputIntents'])
    .map((intent) => objects.dictionary(intent)['/DestOutputProfile'])
    .find((profile) => typeof profile === 'string' && profiles.get(profile)?.colours === 'CMYK')
  return {
    packet: await copy.addStream({ '/Type': '/Metadata', '/Subtype': '/XML' }, packet),
    srgb: await copy.addStream({ '/N': 3 }, srgbProfile()),
    // What the document was made to be printed on says best what its inks look like.
    cmyk: typeof printed === 'string' ? printed : await copy.addStream({ '/N': 4 }, cmykProfile()),
    nothing: await copy.addStream(
      { '/Type': '/XObject', '/Subtype': '/Form', '/BBox': [0, 0, 1, 1], '/Resources': {} },
      Buffer.from('\n'),
    ),
  }
}
