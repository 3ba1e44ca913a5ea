import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { goTool } from './go-tool.ts'
import { step } from '../provision/step.ts'
import type { ContainerTools } from './container-tools.ts'
import { localImage } from './recipe.ts'

const version = '1.57.1'

const Bom = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  components: z.array(z.object({ name: z.string(), purl: z.string().optional() })),
})

/**
 * Writes what images are made of, Debian's packages and those of Node, as CycloneDX: `<folder>/<service>.cdx.json`.
 * @throws Error where syft cannot be built, or found nothing
 */
export async function writeBoms(
  tools: ContainerTools,
  services: readonly string[],
  folder: string,
): Promise<void> {
  const syft = await goTool(
    `github.com/anchore/syft/cmd/syft@v${version}`,
    `syft-${version}`,
    'about ten minutes',
  )
  await mkdir(folder, { recursive: true })
  const own = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-bom-'))
  try {
    for (const service of services) {
      const archive = path.join(own, `${service}.tar`)
      const file = path.join(folder, `${service}.cdx.json`)
      await tools.podman(
        'save',
        '--quiet',
        '--format',
        'oci-archive',
        '--output',
        archive,
        localImage(service),
      )
      const args = ['scan', `oci-archive:${archive}`, '--quiet', '--output', `cyclonedx-json=${file}`]
      await step(`Listing what ${localImage(service)} is made of`, syft, args)
      await rm(archive)
      const { components, specVersion } = Bom.parse(JSON.parse(await readFile(file, 'utf8')))
      const of = (kind: string) => components.filter(({ purl }) => purl?.startsWith(`pkg:${kind}/`)).length
      if (of('deb') === 0 || of('npm') === 0) throw new Error(`${file} lists no packages`)
      console.log(`${file}: CycloneDX ${specVersion}, ${of('deb')} packages of Debian, ${of('npm')} of Node`)
    }
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}
