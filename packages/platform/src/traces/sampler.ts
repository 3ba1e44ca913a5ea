import { type Link, TraceFlags } from '@opentelemetry/api'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'
import type { SamplerName, TraceSettings } from './otel-settings.ts'

/** What decides which traces are recorded, by its name in the specification. */
export function samplerOf({ sampler, ratio }: Pick<TraceSettings, 'sampler' | 'ratio'>): Sampler {
  const samplers: Record<SamplerName, () => Sampler> = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(ratio),
    parentbased_always_on: () => asParentAndLinks(new AlwaysOnSampler()),
    parentbased_always_off: () => asParentAndLinks(new AlwaysOffSampler()),
    parentbased_traceidratio: () => asParentAndLinks(new TraceIdRatioBasedSampler(ratio)),
  }
  return samplers[sampler]()
}

/** As the parent was decided on; where there is none, as what it links to: a retry is recorded where its request was. */
function asParentAndLinks(root: Sampler): Sampler {
  const ofLinks: Sampler = {
    shouldSample: (...asked) => {
      const links = asked[5]
      return links.length > 0 ? { decision: decisionOf(links) } : root.shouldSample(...asked)
    },
    toString: () => `AsLinks{root=${root.toString()}}`,
  }
  return new ParentBasedSampler({ root: ofLinks })
}

function decisionOf(links: readonly Link[]): SamplingDecision {
  const isSampled = links.some(({ context }) => (context.traceFlags & TraceFlags.SAMPLED) !== 0)
  return isSampled ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD
}
