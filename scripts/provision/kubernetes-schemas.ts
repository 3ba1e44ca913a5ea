import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { addToCache, cacheFolder } from './cache.ts'
import { goInstall } from './go.ts'
import { goModule } from './go-module.ts'
import { openSchema, type Schema, strictSchema } from './strict-schema.ts'

/** The version of Kubernetes whose schemas and control plane the chart is tested with. */
export const kubernetesVersion = '1.37.2'

/** Kinds that are no part of Kubernetes: the modules that define them, and where. */
export const definitions = [
  { module: 'github.com/kedacore/keda/v2@v2.21.0', folder: 'config/crd/bases' },
  {
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    folder: 'example/prometheus-operator-crd',
  },
  { module: 'sigs.k8s.io/gateway-api@v1.6.3', folder: 'config/crd/standard' },
] as const

const kubeconform = {
  name: 'kubeconform-0.8.0',
  module: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0',
}
const schemas = `kubernetes-schemas-${kubernetesVersion}-1`

/** kubeconform and the folder of schemas that it checks by; undefined where the set-up has not provided them. */
export function findKubeconform(): { program: string; schemas: string } | undefined {
  const program = path.join(cacheFolder(), kubeconform.name)
  const folder = path.join(cacheFolder(), schemas)
  return existsSync(program) && existsSync(folder) ? { program, schemas: folder } : undefined
}

/**
 * Builds kubeconform with Go, and makes strict schemas of all kinds of Kubernetes, KEDA, the Prometheus operator and the
 * Gateway API from the definitions in their modules: one file `kind-group-version.json` for each.
 * @throws Error where that fails
 */
export async function provideKubeconform(): Promise<void> {
  if (!existsSync(path.join(cacheFolder(), kubeconform.name)))
    await goInstall(kubeconform.module, kubeconform.name, 'about 20 s')
  if (!existsSync(path.join(cacheFolder(), schemas)))
    await addToCache(schemas, 'schemas', (folder) => writeSchemas(path.join(folder, 'schemas')))
}

/** The files of custom resource definitions, as KEDA, the Prometheus operator and the Gateway API publish them. */
export async function definitionFiles(): Promise<string[]> {
  const folders = await Promise.all(
    definitions.map(async ({ module, folder }) => path.join(await goModule(module), folder)),
  )
  const files = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).map((name) => path.join(folder, name))),
  )
  return files.flat().filter((file) => file.endsWith('.yaml'))
}

async function writeSchemas(target: string): Promise<void> {
  process.stderr.write('Making the schemas of Kubernetes …\n')
  await mkdir(target)
  const kubernetes = await goModule(`k8s.io/kubernetes@v${kubernetesVersion}`)
  const openApi = await readFile(path.join(kubernetes, 'api/openapi-spec/swagger.json'), 'utf8')
  const own = kindsOf(Swagger.parse(JSON.parse(openApi)))
  const files = await definitionFiles()
  const others = await Promise.all(files.map(async (file) => kindsDefinedIn(await readFile(file, 'utf8'))))
  for (const { kind, group, version, schema } of [...own, ...others.flat()]) {
    // As kubeconform names them: of the group, what stands before its first dot.
    const suffix = [group.split('.')[0] ?? '', version].filter(Boolean).join('-')
    const name = `${kind.toLowerCase()}-${suffix}.json`
    await writeFile(path.join(target, name), JSON.stringify(schema))
  }
}

type Kind = { kind: string; group: string; version: string; schema: Schema }

const Swagger = z.object({ definitions: z.record(z.string(), openSchema) })
const GroupVersionKind = z.object({ group: z.string(), version: z.string(), kind: z.string() })

function kindsOf({ definitions: all }: z.infer<typeof Swagger>): Kind[] {
  return Object.values(all).flatMap((definition) => {
    const names = z.array(GroupVersionKind).catch([]).parse(definition['x-kubernetes-group-version-kind'])
    const [name, ...more] = names
    if (!name || more.length > 0 || !definition.properties) return []
    return [{ ...name, schema: strictSchema(definition, all) }]
  })
}

const Definition = z.object({
  kind: z.literal('CustomResourceDefinition'),
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(z.object({ name: z.string(), schema: z.object({ openAPIV3Schema: openSchema }) })),
  }),
})

function kindsDefinedIn(text: string): Kind[] {
  return parseAllDocuments(text).flatMap((document) => {
    const parsed = Definition.safeParse(document.toJS())
    if (!parsed.success) return []
    const { group, names, versions } = parsed.data.spec
    return versions.map(({ name, schema }) => ({
      kind: names.kind,
      group,
      version: name,
      schema: strictSchema(schema.openAPIV3Schema, {}),
    }))
  })
}
