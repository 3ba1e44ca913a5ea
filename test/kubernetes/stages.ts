import { parseAllDocuments, stringify } from 'yaml'
import { z } from 'zod'

const Expression = z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()).optional() })
const Stage = z.looseObject({
  apiVersion: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    selector: z.looseObject({ matchExpressions: z.array(Expression) }).optional(),
  }),
})
type Stage = z.infer<typeof Stage>

/** The annotation by which a pod says that it is to play a failure: `stuck` never gets ready, `fails` ends with an error. */
export const plays = 'tests/plays'
const played = (...values: string[]) => ({ key: `.metadata.annotations["${plays}"]`, operator: 'In', values })

/** Stages of kwok in which pods can play failures, and those of `helm test` end well. */
export function withFailures(text: string): string {
  const stages = parseAllDocuments(text).map((document) => Stage.parse(document.toJS()))
  const [ready] = stages.filter(({ metadata }) => metadata.name === 'pod-ready')
  if (!ready?.spec.selector) throw new Error('kwok has no stage pod-ready any more')
  const hook = { key: '.metadata.annotations["helm.sh/hook"]', operator: 'In', values: ['test'] }
  const expressions = ready.spec.selector.matchExpressions
  const others = [
    like(ready, 'pod-fails', 'Failed', [...expressions, played('fails')]),
    like(ready, 'test-completes', 'Succeeded', [...expressions, hook]),
  ]
  ready.spec.selector.matchExpressions = [
    ...expressions,
    { ...played('fails', 'stuck'), operator: 'NotIn' },
    { ...hook, operator: 'NotIn' },
  ]
  return [...stages, ...others].map((stage) => stringify(stage)).join('\n---\n')
}

function like(
  stage: Stage,
  name: string,
  phase: string,
  matchExpressions: z.infer<typeof Expression>[],
): Stage {
  const next = { statusTemplate: `phase: ${phase}\n` }
  return { ...stage, metadata: { name }, spec: { ...stage.spec, selector: { matchExpressions }, next } }
}
