import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { addToCache, cacheFolder } from './cache.ts'
import { goModule } from './go-module.ts'
import { runGo } from './go.ts'
import { kubernetesVersion } from './kubernetes-schemas.ts'

/** The libraries of a version of Kubernetes are published as v0.x. */
const libraries = kubernetesVersion.replace(/^1\./, '0.')
const kwok = '0.8.0'
const name = `control-plane-${kubernetesVersion}-1`

/** What plays the nodes: they are ready, and their pods run and end as they are meant to. */
const stages = [
  'node/fast/node-initialize',
  'node/heartbeat-with-lease/node-heartbeat-with-lease',
  'pod/fast/pod-ready',
  'pod/fast/pod-complete',
  'pod/fast/pod-delete',
]

/** A folder with etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok, and `stages.yaml` for kwok. */
export function findControlPlane(): string | undefined {
  const folder = path.join(cacheFolder(), name)
  return existsSync(folder) ? folder : undefined
}

/**
 * The control plane of Kubernetes and what plays its nodes, built from their Go modules: ten minutes on two idle cores.
 * @returns the folder of the programs
 * @throws Error where that fails
 */
export async function provideControlPlane(): Promise<string> {
  return findControlPlane() ?? addToCache(name, 'programs', build)
}

async function build(folder: string): Promise<void> {
  const source = path.join(folder, 'source')
  const programs = path.join(folder, 'programs')
  await mkdir(source)
  await mkdir(programs)
  await writeModule(source)
  await runGo('Fetching the modules of Kubernetes', ['mod', 'download'], source)
  await runGo(
    'Building the control plane of Kubernetes (about ten minutes, once)',
    // prettier-ignore
    [
      'build', '-buildvcs=false', '-trimpath', '-ldflags', linkerFlags(), '-o', `${programs}/`,
      'k8s.io/kubernetes/cmd/kube-apiserver', 'k8s.io/kubernetes/cmd/kube-controller-manager',
      'k8s.io/kubernetes/cmd/kube-scheduler', 'sigs.k8s.io/kwok/cmd/kwok', 'go.etcd.io/etcd/server/v3',
    ],
    source,
  )
  // Go names it after its folder.
  await rename(path.join(programs, 'server'), path.join(programs, 'etcd'))
  const played = await goModule(`sigs.k8s.io/kwok@v${kwok}`)
  const texts = stages.map((stage) => readFile(path.join(played, 'kustomize/stage', `${stage}.yaml`), 'utf8'))
  await writeFile(path.join(programs, 'stages.yaml'), (await Promise.all(texts)).join('\n---\n'))
}

/** A module of our own with the very versions that Kubernetes pins, its staged libraries as they are published. */
async function writeModule(folder: string): Promise<void> {
  const kubernetes = await goModule(`k8s.io/kubernetes@v${kubernetesVersion}`)
  const pinned = await readFile(path.join(kubernetes, 'go.mod'), 'utf8')
  const module = pinned
    .replace(/^module .*$/m, 'module controlplane')
    .replaceAll(/=> \.\/staging\/src\/(k8s\.io\/\S+)/g, `=> $1 v${libraries}`)
  const wanted = [`k8s.io/kubernetes v${kubernetesVersion}`, `sigs.k8s.io/kwok v${kwok}`]
  await writeFile(
    path.join(folder, 'go.mod'),
    `${module}\n${wanted.map((each) => `require ${each}\n`).join('')}`,
  )
  // Not copied as a file: Go's cache is read only, and so would this be.
  await writeFile(path.join(folder, 'go.sum'), await readFile(path.join(kubernetes, 'go.sum')))
  await writeFile(path.join(folder, 'main.go'), 'package main\n\nfunc main() {}\n')
}

/** Programs that are not told their version call themselves v0.0.0, which no chart takes. */
function linkerFlags(): string {
  const [major, minor] = kubernetesVersion.split('.')
  const facts = {
    gitVersion: `v${kubernetesVersion}`,
    gitMajor: major,
    gitMinor: minor,
    gitTreeState: 'clean',
  }
  const told = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((each) =>
    Object.entries(facts).map(([fact, value]) => `-X ${each}.${fact}=${value}`),
  )
  return ['-s -w', `-X sigs.k8s.io/kwok/pkg/consts.Version=v${kwok}`, ...told].join(' ')
}
