import { streams, workSubjects } from '@pdf-smaller/contracts'
import { silencePolicy } from '@pdf-smaller/domain'
import type { Layout } from '@pdf-smaller/eventstore'

/** Who gives the jobs of a domain out. @param pace multiplies the waits for silent workers */
export function workConsumer(domain: string, pace: number): Layout['consumers'][number] {
  const { backoffMs, maxDeliver } = silencePolicy(pace)
  return { stream: streams.jobs, name: domain, filters: workSubjects(domain), backoffMs, maxDeliver }
}
