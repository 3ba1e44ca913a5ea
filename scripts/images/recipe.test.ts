import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { settingNames } from '@pdf-smaller/platform'
import { versitygwImage } from '@pdf-smaller/testing/object-servers/versitygw'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { namedIn } from '../loaded-files.ts'
import { testedNatsServer } from '../provision/nats-server.ts'
import { baseImages, packagesOfParts, partsOfServices, root, services } from './recipe.ts'

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const yaml = (file: string): unknown => parse(read(file), { merge: true })

/** The engines that a service says it needs, in its own code. */
function neededEngines(service: string): string[] {
  const file = `services/${service}/src/service.ts`
  if (!existsSync(path.join(root, file))) return []
  const [, list = ''] = /engines: \[([^\]]*)\]/.exec(read(file)) ?? []
  return [...list.matchAll(/'(\w+)'/g)].map(([, engine = '']) => engine)
}

const Packages = z.record(z.string(), z.string()).default({})
const Member = z.object({ name: z.string(), dependencies: Packages, optionalDependencies: Packages })

describe('the recipe of images', () => {
  const dockerfile = read('deploy/images/Dockerfile')

  it('knows every service, and no other', () => {
    expect([...partsOfServices().keys()].toSorted()).toEqual(services())
  })

  it.each(services())('%s: its image holds the engines that it needs', (service) => {
    const parts = partsOfServices().get(service) ?? []
    expect(parts).toEqual(expect.arrayContaining(neededEngines(service)))
    // What runs engines on files of strangers is to be held.
    if (parts.some((part) => part !== 'nats-server')) expect(parts).toContain('sandbox')
  })

  it('has the packages of every part, each at a version', () => {
    const packages = packagesOfParts()
    for (const part of new Set(['init', ...partsOfServices().values()].flat())) {
      if (part !== 'nats-server') expect(packages.get(part), part).toBeDefined()
    }
    for (const each of [...packages.values()].flat()) expect(each).toMatch(/^[a-z\d.+-]+=[\w.:~+-]+$/)
  })

  it('begins with public images of the versions that the project runs on', () => {
    // Renovate adds the digest that it has seen.
    const bases = new Map([...baseImages()].map(([name, image]) => [name, image.replace(/@.*/, '')]))
    const { nodeVersion } = z.object({ nodeVersion: z.string() }).parse(yaml('pnpm-workspace.yaml'))
    expect(bases.get('NODE')).toBe(`docker.io/library/node:${nodeVersion}-bookworm-slim`)
    expect(bases.get('NATS')).toBe(`docker.io/library/nats:${testedNatsServer}-alpine`)
    expect(bases.get('BASE')).toBe('docker.io/library/debian:bookworm-slim')
    const { packageManager } = z
      .object({ packageManager: z.string() })
      .parse(JSON.parse(read('package.json')))
    for (const [manager] of dockerfile.matchAll(/pnpm@[\d.]+/g)) expect(manager).toBe(packageManager)
  })

  it('gives the embedded system a set-up that needs no packages: in an image it has none of its own', () => {
    const [waiting, seen, packages] = [
      ['nats-server.ts', 'find-program.ts'],
      new Set<string>(),
      [] as string[],
    ]
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (seen.has(file)) continue
      seen.add(file)
      for (const { name, loads } of namedIn(read(`scripts/provision/${file}`)))
        if (name.startsWith('./')) waiting.push(name.slice(2))
        else if (loads && !name.startsWith('node:')) packages.push(`${file}: ${name}`)
    }
    expect(seen.size).toBeGreaterThan(3)
    expect(packages).toEqual([])
  })

  it.each(globSync('{packages,services}/*', { cwd: root }))(
    '%s: names the packages that it loads',
    (folder) => {
      const { name: own, ...named } = Member.parse(JSON.parse(read(`${folder}/package.json`)))
      const has = new Set([own, ...Object.keys({ ...named.dependencies, ...named.optionalDependencies })])
      // What only builds is done with before an image is.
      const builders = ['**/vite.config.ts', '**/web/build/**']
      const exclude = ['**/node_modules/**', '**/*.test.ts', '**/testing/**', ...builders]
      const unnamed = globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude }).flatMap((file) =>
        namedIn(read(file)).flatMap(({ name, loads }) => {
          const [, found = ''] = /^((?:@[^/]+\/)?[^./:][^/:]*)(?:\/|$)/.exec(name) ?? []
          return loads && found !== '' && !has.has(found) ? [`${file}: ${name}`] : []
        }),
      )
      expect(unnamed).toEqual([])
    },
  )

  it('gives a service its own packages, not those that were fetched for all', () => {
    expect(dockerfile).toMatch(/pnpm@[\d.]+ fetch --prod && rm -rf node_modules$/m)
  })

  it('ends as a user without rights, with nothing that builds', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))
    expect(last).toMatch(/^USER 10001:10001$/m)
    expect(last).toMatch(/^ENTRYPOINT \["tini", "--"\]$/m)
    expect(last).not.toMatch(/npm|npx|build-essential|gcc/)
  })
})

const Service = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  secrets: z.array(z.string()).default([]),
})
const Compose = z.object({
  services: z.record(z.string(), Service),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
})

describe('the compose file of one host', () => {
  const { services: composed, secrets: files } = Compose.parse(yaml('deploy/compose/compose.yaml'))
  const own = services().filter((service) => service !== 'all')

  it('runs every service, each from its own image', () => {
    expect(Object.keys(composed).toSorted()).toEqual([...own, 'nats', 's3'].toSorted())
    for (const service of own)
      expect(composed[service]?.image).toBe(
        `\${PDF_SMALLER_IMAGES:-localhost/pdf-smaller}/${service}:\${PDF_SMALLER_TAG:-local}`,
      )
  })

  it('sets only what services read', () => {
    const known = new Set(settingNames.map((name) => `PDF_SMALLER_${name}`))
    const set = readdirSync(path.join(root, 'deploy/compose'))
      .filter((file) => file.endsWith('.yaml'))
      .flatMap((file) => [...read(`deploy/compose/${file}`).matchAll(/^ +(PDF_SMALLER_\w+):/gm)])
      .map(([, name = '']) => name)
    expect(set.length).toBeGreaterThan(10)
    expect(set.filter((name) => !known.has(name))).toEqual([])
  })

  it('starts what reads and writes behind both stores and the step that makes the streams', () => {
    for (const service of own.filter((name) => name !== 'streams')) {
      expect(composed[service]?.healthcheck).toBeDefined()
      expect(composed[service]?.depends_on).toEqual({
        nats: { condition: 'service_healthy' },
        s3: { condition: 'service_healthy' },
        streams: { condition: 'service_completed_successfully' },
      })
    }
    expect(composed['nats']?.healthcheck).toBeDefined()
    expect(composed['s3']?.healthcheck).toBeDefined()
  })

  it('takes every secret from outside, and starts with none of its own', () => {
    const secrets = Object.values(composed).flatMap(({ environment }) =>
      Object.entries(environment).filter(([name]) => /(TOKEN|SECRET_KEY|ACCESS_KEY|PASSWORD)$/.test(name)),
    )
    expect(secrets.length).toBeGreaterThan(0)
    for (const [name, value] of secrets) expect(`${name} ${value}`).toMatch(/ \$\{\w+:\?[^}]+\}$/)
    for (const { file } of Object.values(files)) expect(file).toMatch(/^\$\{KEYS:-\.\/keys\}\//)
    expect(read('deploy/compose/.env.example')).not.toMatch(/=[^\n]/)
  })

  it('gives a key, by the file that each setting names, to all who sign with it', () => {
    const asked = Object.values(composed).flatMap(({ environment, secrets }) => {
      const named = Object.entries(environment).filter(([name]) => name.endsWith('_KEY_FILE'))
      expect(named.map(([, file]) => file.replace('/run/secrets/', '')).toSorted()).toEqual(
        secrets.toSorted(),
      )
      return secrets
    })
    expect(new Set(asked)).toEqual(new Set(Object.keys(files)))
    const withKey = own.filter((name) => composed[name]?.secrets.includes('webhooks'))
    expect(withKey).toEqual(['gateway', 'webhooks'])
  })

  it('gives a way out to those who need one, and the files to none who do not', () => {
    const out = own.filter((name) => composed[name]?.networks.includes('outside'))
    expect(out).toEqual(['gateway', 'webhooks'])
    const apart = own.filter((name) => !composed[name]?.environment['PDF_SMALLER_S3_ENDPOINT'])
    expect(apart).toEqual(['webhooks'])
  })

  it('lets nothing but the gateway be reached, and that on loopback', () => {
    const published = Object.entries(composed).filter(([, { ports }]) => ports.length > 0)
    expect(published.map(([name, { ports }]) => [name, ports])).toEqual([
      ['gateway', ['${PUBLISH:-127.0.0.1:8080}:8080']],
    ])
    for (const { security_opt: options } of Object.values(composed))
      expect(options).toContain('no-new-privileges:true')
  })

  it('names the event store and the S3 server at the versions that are tested', () => {
    expect(composed['nats']?.image).toContain(baseImages().get('NATS')?.replace(/@.*/, ''))
    expect(composed['s3']?.image).toContain(versitygwImage)
  })
})
