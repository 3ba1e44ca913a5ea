import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '@pdf-smaller/testing/free-ports'
import { goTool } from './go-tool.ts'
import { type ContainerTools, outputOf } from './container-tools.ts'
import { localImage } from './recipe.ts'

const offline = ['--use-signing-config=false', '--tlog-upload=false', '--allow-http-registry', '--yes']
const unlogged = ['--insecure-ignore-tlog', '--allow-http-registry']

/**
 * Tries the recipe of docs/operations/images.md on a registry of its own on loopback, with keys made for it: an image is
 * signed, its list of parts attested, both are verified, and another key is refused.
 * @param bom of the image
 * @throws Error with the last words of what failed
 */
export async function trySigning(tools: ContainerTools, service: string, bom: string): Promise<void> {
  const cosign = await goTool(
    'github.com/sigstore/cosign/v3/cmd/cosign@v3.1.3',
    'cosign-3.1.3',
    'about ten minutes',
  )
  const registry = await goTool(
    'github.com/google/go-containerregistry/cmd/registry@v0.22.1',
    'registry-0.22.1',
    'a minute',
  )
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-signing-'))
  const port = await freePort()
  const server = spawn(registry, ['-port', String(port)], { stdio: 'ignore' })
  const sign = (where: string, ...args: string[]) =>
    outputOf(cosign, args, {
      cwd: path.join(folder, where),
      env: { ...process.env, COSIGN_PASSWORD: 'of-a-trial' },
    })
  try {
    for (const owner of ['ours', 'strange']) {
      await mkdir(path.join(folder, owner))
      await sign(owner, 'generate-key-pair')
    }
    const name = `127.0.0.1:${port}/${service}`
    await answering(`http://127.0.0.1:${port}/v2/`)
    const digestFile = path.join(folder, 'digest')
    const push = ['push', '--quiet', '--tls-verify=false', '--digestfile', digestFile]
    await tools.podman(...push, localImage(service), `${name}:local`)
    const image = `${name}@${(await readFile(digestFile, 'utf8')).trim()}`
    const predicate = ['--type', 'cyclonedx', '--predicate', path.resolve(bom)]
    await sign('ours', 'sign', '--key', 'cosign.key', ...offline, image)
    await sign('ours', 'attest', '--key', 'cosign.key', ...offline, ...predicate, image)
    await sign('ours', 'verify', '--key', 'cosign.pub', ...unlogged, image)
    await sign('ours', 'verify-attestation', '--key', 'cosign.pub', '--type', 'cyclonedx', ...unlogged, image)
    const isTaken = await sign('strange', 'verify', '--key', 'cosign.pub', ...unlogged, image).then(
      () => true,
      () => false,
    )
    if (isTaken) throw new Error('a signature was verified by a key that has not made it')
    console.log(`${image}: signed, its parts attested, both verified; another key is refused`)
  } finally {
    server.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(url).catch(() => undefined)) return
    await wait(100)
  }
  throw new Error(`nothing answers at ${url}`)
}
