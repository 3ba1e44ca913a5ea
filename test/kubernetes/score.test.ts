import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { provideKubeScore } from '../../scripts/provision/kube-score.ts'
import { helm } from './cluster.ts'
import { withSet } from './release.ts'

/** What kube-score calls critical in a release. */
async function critical(set: string): Promise<string[]> {
  const text = await helm(['template', ...withSet('documents', 'own', set)])
  const args = [
    'score',
    '--output-format',
    'ci',
    // Engines take what is free, and the share that is asked for when nothing is.
    '--ignore-container-cpu-limit',
    // Tags of releases are not moved.
    '--ignore-test',
    'container-image-pull-policy',
    '-',
  ]
  const { stdout } = spawnSync(await provideKubeScore(), args, { input: text, encoding: 'utf8' })
  expect(stdout).toContain('[OK]')
  return stdout.split('\n').filter((line) => line.startsWith('[CRITICAL]'))
}

it.each(['minimal', 'everything', 'evaluation'])('nothing critical is found in %s', async (set) => {
  expect(await critical(set)).toEqual([])
})

it('what a release leaves out is found', async () => {
  const found = (await critical('token')).join('\n')
  expect(found).toContain('The pod does not have a matching NetworkPolicy')
  expect(found).toContain('No matching PodDisruptionBudget was found')
})
