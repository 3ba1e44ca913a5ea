import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { z } from 'zod'
import { homeless, provideGo } from './go.ts'

const Module = z.object({ Dir: z.string() })

/**
 * The folder with the source of a Go module, in Go's own cache; read only.
 * @param module for instance `github.com/kedacore/keda/v2@v2.21.0`
 */
export async function goModule(module: string): Promise<string> {
  const go = await provideGo()
  const env = { ...process.env, ...homeless() }
  try {
    const { stdout } = await promisify(execFile)(go, ['mod', 'download', '-json', module], {
      env,
      cwd: tmpdir(),
    })
    return Module.parse(JSON.parse(stdout)).Dir
  } catch (error) {
    throw new Error(
      `${module} could not be fetched: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    )
  }
}
