import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildImages } from './build.ts'
import { type ContainerTools, findContainerTools } from './container-tools.ts'
import { partsOfServices } from './recipe.ts'
import { writeBoms } from './sbom.ts'
import { trySigning } from './signing.ts'
import { tellSizes } from './sizes.ts'
import { smokeTest } from './smoke/smoke.ts'
import { smokeTestOfWhole } from './smoke/whole.ts'

/**
 * Builds the image of every service, and tries them: `npm run images -- [--only gateway,ocr] [--no-build] [--no-smoke] [--json FILE] [--sbom FOLDER [--try-signing]]
 * [--port 18080] [--install] [--skip-without-tools]`.
 * With --install what is missing is installed; with --skip-without-tools it ends well where containers cannot be built.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    build: { type: 'boolean', default: true },
    smoke: { type: 'boolean', default: true },
    json: { type: 'string' },
    sbom: { type: 'string' },
    'try-signing': { type: 'boolean', default: false },
    port: { type: 'string', default: '18080' },
    install: { type: 'boolean', default: false },
    'skip-without-tools': { type: 'boolean', default: false },
  },
  allowNegative: true,
})
const tools = await toolsOrEnd()
const wanted = values.only?.split(',') ?? [...partsOfServices().keys()]
if (values.build) await buildImages(tools, wanted)
await tellSizes(tools, wanted, values.json)
if (values.sbom) await writeBoms(tools, wanted, values.sbom)
if (values.sbom && values['try-signing']) {
  for (const service of wanted)
    await trySigning(tools, service, path.join(values.sbom, `${service}.cdx.json`))
}
if (values.smoke) {
  for (const files of [['compose.yaml'], ['compose.yaml', 'sandbox.yaml']])
    await smokeTest(tools, files, Number(values.port))
  await smokeTestOfWhole(tools, Number(values.port))
}

async function toolsOrEnd(): Promise<ContainerTools> {
  try {
    return await findContainerTools(values.install)
  } catch (error) {
    console.error(
      `\n!!! NO IMAGE WAS BUILT, NOTHING WAS TRIED: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exit(values['skip-without-tools'] ? 0 : 1)
  }
}
