import { existsSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder } from './cache.ts'
import { goInstall } from './go.ts'

const version = '1.20.0'
const name = `kube-score-${version}`

/**
 * kube-score, which knows what manifests should not lack; built with Go where it is not there.
 * @throws Error where that fails
 */
export async function provideKubeScore(): Promise<string> {
  const built = path.join(cacheFolder(), name)
  if (existsSync(built)) return built
  return goInstall(`github.com/zegl/kube-score/cmd/kube-score@v${version}`, name, 'about a minute')
}
