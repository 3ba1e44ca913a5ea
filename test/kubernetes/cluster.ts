import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { inject } from 'vitest'
import { z } from 'zod'
import { provideHelm, provideKubectl, type Which } from '../../scripts/provision/helm.ts'

/** How a program ended, and what it said. */
export type End = { code: number | null; output: string }

const environment = { ...process.env, KUBECONFIG: inject('kubeconfig') }

async function run(program: string, args: string[], input = ''): Promise<End> {
  const child = spawn(program, args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  child.stdin.end(input)
  const [code] = z.tuple([z.number().nullable(), z.unknown()]).parse(await once(child, 'close'))
  return { code, output }
}

/** Runs Helm, and fails where it does. */
export async function helm(args: string[], which: Which = 'newest'): Promise<string> {
  const { code, output } = await tryHelm(args, which)
  if (code !== 0) throw new Error(`helm ${args.join(' ')} ended with ${code}:\n${output}`)
  return output
}

export async function tryHelm(args: string[], which: Which = 'newest'): Promise<End> {
  return run(await provideHelm(which), args)
}

/** Runs kubectl, and fails where it does. @param input of its standard input */
export async function kubectl(args: string[], input?: string): Promise<string> {
  const { code, output } = await tryKubectl(args, input)
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}:\n${output}`)
  return output
}

export async function tryKubectl(args: string[], input?: string): Promise<End> {
  return run(await provideKubectl(), args, input)
}

/** What the API has of some kind in a namespace. */
export async function get<T>(namespace: string, what: string, schema: z.ZodType<T>): Promise<T[]> {
  const answer = await kubectl(['-n', namespace, 'get', ...what.split(' '), '-o', 'json'])
  return z.object({ items: z.array(schema) }).parse(JSON.parse(answer)).items
}

/** A namespace whose pods have to be as the level `restricted` asks for. */
export async function makeNamespace(name: string): Promise<string> {
  await apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  })
  return name
}

/** Applies manifests. */
export async function apply(...manifests: object[]): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: manifests }
  await kubectl(
    ['apply', '--server-side', '--force-conflicts', '--validate=strict', '-f', '-'],
    JSON.stringify(list),
  )
}
