import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { step } from '../provision/step.ts'
import { type ContainerTools, outputOf } from './container-tools.ts'
import { baseImages, localImage, recipe, root } from './recipe.ts'
import { provideImage } from './stand-ins.ts'

/** Builds the images of services, one after the other; what they share is made once. */
export async function buildImages(tools: ContainerTools, services: readonly string[]): Promise<void> {
  const bases: string[] = []
  for (const [name, image] of baseImages()) bases.push(`${name}=${await provideImage(tools, image)}`)
  const about = [`VERSION=${versionOfProject()}`, `REVISION=${await revision()}`]
  const { options, variables } = certificates()
  for (const service of services) {
    const how = ['bud', '--layers', '--pull-never', '--isolation', 'chroot', '--network', 'host']
    const what = [
      '--file',
      path.join(root, recipe),
      '--ignorefile',
      path.join(root, `${recipe}.dockerignore`),
    ]
    const values = [...bases, ...variables, ...about, `SERVICE=${service}`]
    const given = values.flatMap((each) => ['--build-arg', each])
    const args = [...how, ...what, ...options, ...given, '--tag', localImage(service), root]
    await step(`Building ${localImage(service)}`, 'buildah', args, tools.env)
  }
}

/** Behind a proxy that opens TLS, what this process trusts is trusted while packages are fetched. */
function certificates(): { options: string[]; variables: string[] } {
  const file = process.env['NODE_EXTRA_CA_CERTS']
  if (!file) return { options: [], variables: [] }
  const there = '/run/extra-certificates.crt'
  return {
    options: ['--volume', `${file}:${there}:ro`],
    variables: [`NODE_EXTRA_CA_CERTS=${there}`, `SSL_CERT_FILE=${there}`],
  }
}

export function versionOfProject(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version
}

/** The commit that is built, marked where the work tree has more. */
async function revision(): Promise<string> {
  try {
    const commit = await outputOf('git', ['rev-parse', 'HEAD'], { cwd: root })
    const changes = await outputOf('git', ['status', '--porcelain'], { cwd: root })
    return changes === '' ? commit : `${commit}-changed`
  } catch {
    return 'unknown'
  }
}
