import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findProgram } from '../provision/find-program.ts'
import { goTool } from './go-tool.ts'
import { provideNatsServer } from '../provision/nats-server.ts'
import { step } from '../provision/step.ts'
import { type ContainerTools, outputOf } from './container-tools.ts'

/** Makes an image on this machine in place of a public one. @param image its name here */
type Make = (tools: ContainerTools, image: string) => Promise<void>

/** By the last part of the public name. */
const makers: Record<string, Make> = {
  debian: makeDebian,
  node: makeNode,
  nats: makeNats,
  versitygw: makeVersitygw,
}

/**
 * The name of an image that can be had here: the public one, or one made in its place, which is said.
 * @param image for instance `docker.io/library/debian:bookworm-slim`
 */
export async function provideImage(tools: ContainerTools, image: string): Promise<string> {
  if (await tools.holds('image', 'exists', image)) return image
  if (await tools.holds('pull', '--quiet', image)) return image
  const [, name = ''] = /([^/:]+):[^/@]+(?:@.*)?$/.exec(image) ?? []
  const made = `localhost/pdf-smaller/stand-in-${name}:${tagOf(image)}`
  const make = makers[name]
  if (!make) throw new Error(`${image} cannot be pulled, and nothing is known to make in its place`)
  if (!(await tools.holds('image', 'exists', made))) await make(tools, made)
  process.stderr.write(`${image} cannot be pulled here: ${made}, made on this machine, stands in for it.\n`)
  return made
}

/** A Debian with what is essential and no documentation, like the public slim image. */
async function makeDebian(tools: ContainerTools, image: string): Promise<void> {
  if (!findProgram('debootstrap'))
    throw new Error('debootstrap not found, which makes a Debian where its image cannot be pulled')
  await inFolder(async (folder) => {
    const tree = path.join(folder, 'tree')
    const args = ['--variant=minbase', '--include=ca-certificates', release, tree]
    await step(`Making ${image} from Debian's packages (about a minute, once)`, 'debootstrap', args)
    await writeFile(path.join(tree, 'etc/apt/sources.list'), await sourcesOfThisMachine())
    await writeFile(path.join(tree, 'etc/dpkg/dpkg.cfg.d/slim'), withoutDocumentation)
    const update =
      'apt-get -q update && apt-get -q -y upgrade && apt-get clean && rm -rf /var/lib/apt/lists/*'
    await step('Bringing it up to date', 'chroot', [tree, 'sh', '-c', update])
    for (const each of ['doc', 'man', 'info', 'locale'])
      await rm(path.join(tree, 'usr/share', each), { recursive: true, force: true })
    const archive = path.join(folder, 'tree.tar')
    await outputOf('tar', ['-C', tree, '-cf', archive, '.'])
    await tools.podman('import', '--quiet', archive, image)
  })
}

/** `v1.8.0`, of a name with or without a digest. */
const tagOf = (image: string) => /:([^:/@]+)(?:@.*)?$/.exec(image)?.[1] ?? 'latest'

const release = 'bookworm'
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** Where this machine gets its packages of that release, for `sources.list`. @throws Error where it does not know */
async function sourcesOfThisMachine(): Promise<string> {
  const format = '$(REPO_URI) $(CODENAME) $(COMPONENT)'
  const told = await outputOf('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'])
  const known = told.split('\n').filter((line) => new RegExp(` ${release}(-\\w+)? main$`).test(line))
  if (known.length === 0) throw new Error(`apt of this machine knows no packages of Debian ${release}`)
  return [...new Set(known)].map((line) => `deb [signed-by=${keyring}] ${line}\n`).join('')
}

const withoutDocumentation = ['doc', 'man', 'info', 'locale']
  .map((each) => `path-exclude /usr/share/${each}/*\n`)
  .join('')

/** The Node that runs this, with the npm of this machine. */
async function makeNode(tools: ContainerTools, image: string): Promise<void> {
  const program = findProgram('npm')
  if (!program) throw new Error('npm not found, which fetches packages in the image')
  // …/npm/bin/npm-cli.js
  const npm = path.dirname(path.dirname(await realpath(program)))
  const links = ['npm', 'npx'].map(
    (name) => `ln -s ../lib/node_modules/npm/bin/${name}-cli.js /usr/local/bin/${name}`,
  )
  await buildOn(tools, image, {
    files: { 'usr/local/bin/node': process.execPath, 'usr/local/lib/node_modules/npm': npm },
    commands: links,
  })
}

/** The server that the tests run on, with wget as the public image has it. */
async function makeNats(tools: ContainerTools, image: string): Promise<void> {
  const [version] = tagOf(image).split('-')
  await buildOn(tools, image, {
    files: { 'usr/local/bin/nats-server': await provideNatsServer(version) },
    commands: [withWget],
    entrypoint: ['nats-server'],
  })
}

/** An S3 server that keeps files in a folder, built from its source. */
async function makeVersitygw(tools: ContainerTools, image: string): Promise<void> {
  const tag = tagOf(image)
  const module = `github.com/versity/versitygw/cmd/versitygw@${tag}`
  await buildOn(tools, image, {
    files: { 'app/versitygw': await goTool(module, `versitygw-${tag}`, 'a few minutes') },
    commands: [withWget],
    entrypoint: ['/app/versitygw'],
  })
}

const withWget =
  'apt-get -q update && apt-get -q -y install --no-install-recommends busybox && rm -rf /var/lib/apt/lists/* ' +
  '&& ln -s /bin/busybox /usr/bin/wget'

type Addition = { files: Record<string, string>; commands?: string[]; entrypoint?: string[] }

/** Builds an image of files of this machine on the Debian that can be had. */
async function buildOn(tools: ContainerTools, image: string, addition: Addition): Promise<void> {
  const base = await provideImage(tools, 'docker.io/library/debian:bookworm-slim')
  await inFolder(async (folder) => {
    for (const [place, file] of Object.entries(addition.files)) {
      await mkdir(path.dirname(path.join(folder, 'files', place)), { recursive: true })
      await cp(file, path.join(folder, 'files', place), { recursive: true, dereference: true })
    }
    const lines = [
      `FROM ${base}`,
      'COPY files /',
      ...(addition.commands ?? []).map((command) => `RUN ${command}`),
      ...(addition.entrypoint ? [`ENTRYPOINT ${JSON.stringify(addition.entrypoint)}`] : []),
    ]
    await writeFile(path.join(folder, 'Dockerfile'), lines.join('\n'))
    const args = ['bud', '--pull-never', '--isolation', 'chroot', '--network', 'host', '-t', image, folder]
    await step(`Making ${image}`, 'buildah', args, tools.env)
  })
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-image-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
