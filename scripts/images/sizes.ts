import { writeFile } from 'node:fs/promises'
import type { ContainerTools } from './container-tools.ts'
import { baseImages, localImage, partsOfServices } from './recipe.ts'
import { provideImage } from './stand-ins.ts'

/** Prints how large the images are, in all and without their base, and writes it down as JSON where that is wanted. */
export async function tellSizes(
  tools: ContainerTools,
  services: readonly string[],
  json: string | undefined,
): Promise<void> {
  const sizeOf = async (image: string) =>
    Number(await tools.podman('image', 'inspect', '--format', '{{.Size}}', image))
  const base = await sizeOf(await provideImage(tools, baseImages().get('BASE') ?? ''))
  const parts = partsOfServices()
  const rows: { service: string; bytes: number; withoutBase: number; holds: string[] }[] = []
  for (const service of services) {
    const bytes = await sizeOf(localImage(service))
    rows.push({ service, bytes, withoutBase: bytes - base, holds: parts.get(service) ?? [] })
  }
  const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  console.log(
    `\n| Image | Size | Without its base (${mb(base)}) | Beside Node and its packages |\n| --- | --- | --- | --- |`,
  )
  for (const { service, bytes, withoutBase, holds } of rows)
    console.log(`| ${service} | ${mb(bytes)} | ${mb(withoutBase)} | ${holds.join(', ')} |`)
  if (json) await writeFile(json, `${JSON.stringify({ base, images: rows }, undefined, 2)}\n`)
}
