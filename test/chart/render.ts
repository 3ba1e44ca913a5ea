import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { stringify } from 'yaml'
import { provideHelm, type Which } from '../../scripts/provision/helm.ts'
import { type Manifest, parseManifests } from './manifest.ts'

const run = promisify(execFile)
const most = { maxBuffer: 64 * 1024 * 1024 }

/** The folder of the chart. */
export const chart = fileURLToPath(new URL('../../deploy/k8s/', import.meta.url))
const folderOfSets = path.join(chart, 'ci')

/** The value sets that the chart is tested with, by their names: `minimal`, … */
export const valueSets = (await readdir(folderOfSets)).map((file) => file.replace('-values.yaml', ''))

export const fileOfSet = (set: string) => path.join(folderOfSets, `${set}-values.yaml`)

export type Values = { [name: string]: unknown }

/**
 * What Helm makes of the chart with one of its value sets and others over them.
 * @throws Error with what Helm says
 */
export async function render(set: string, values: Values = {}, which: Which = 'newest'): Promise<Manifest[]> {
  return parseManifests(await renderText(set, values, which))
}

/** The same as text. */
export function renderText(set: string, values: Values = {}, which: Which = 'newest'): Promise<string> {
  return withValues(values, async (file) => {
    const args = ['template', 'docs', chart, '--namespace', 'documents', '-f', fileOfSet(set), '-f', file]
    return (await run(await provideHelm(which), args, most)).stdout
  })
}

/** What Helm makes of the usual values under a name of a release, in a namespace. */
export async function renderAs(release: string, namespace: string): Promise<Manifest[]> {
  const args = ['template', release, chart, '--namespace', namespace, '-f', fileOfSet('minimal')]
  return parseManifests((await run(await provideHelm('newest'), args, most)).stdout)
}

/** What Helm finds wrong with the chart, warnings included. */
export async function lint(set: string, which: Which): Promise<string> {
  const args = ['lint', '--strict', chart, '-f', fileOfSet(set)]
  return (await run(await provideHelm(which), args, most)).stdout
}

/** What Helm says against values. */
export async function refusal(set: string, values: Values): Promise<string> {
  try {
    await renderText(set, values)
  } catch (error) {
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  }
  throw new Error('the values are taken')
}

/** Values as a file, for as long as `use` takes. */
export async function withValues<T>(values: Values, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-chart-'))
  try {
    const file = path.join(folder, 'values.yaml')
    await writeFile(file, stringify(values))
    return await use(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
