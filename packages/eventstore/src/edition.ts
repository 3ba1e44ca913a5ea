import { z } from 'zod'
import { EventStoreError } from './errors.ts'

/**
 * Which layout of streams and consumers a release works with. What the step makes carries its version, and the oldest
 * version whose services go on with it, in the metadata of each stream and consumer.
 */
export type Edition = {
  version: number
  serves: number
  /** The command that makes the layout, as an operator is to be told. */
  madeBy: string
}

/** A stream or consumer is missing, or is not what this process needs. Its message says how that is mended. */
export class LayoutRefused extends EventStoreError {
  override readonly name = 'LayoutRefused'
}

const versionKey = 'layout.version'
const servesKey = 'layout.serves'

const Stamp = z.object({
  [versionKey]: z.coerce.number().int().positive(),
  [servesKey]: z.coerce.number().int().positive(),
})

/** What the metadata tells of the layout that something was made for; undefined where it tells nothing. */
export function stampIn(metadata: unknown): { version: number; serves: number } | undefined {
  const { success, data } = Stamp.safeParse(metadata)
  return success ? { version: data[versionKey], serves: data[servesKey] } : undefined
}

export function stampOf({ version, serves }: Edition): Record<string, string> {
  return { [versionKey]: String(version), [servesKey]: String(serves) }
}

/**
 * Whether a service of an edition works with something that is there.
 * @param what `the stream ACCOUNTS`
 * @returns whether it was made for the same layout; one that is newer and serves this edition is trusted to be as it says
 * @throws LayoutRefused
 */
export function isOfEdition(what: string, metadata: unknown, own: Edition): boolean {
  const stamp = stampIn(metadata)
  if (!stamp)
    throw new LayoutRefused(`${what} was made by a release that did not say for which layout. ${remedy(own)}`)
  const { version, serves } = stamp
  if (version < own.version)
    throw new LayoutRefused(
      `${what} is of layout ${version}, and this service needs ${own.version}. ${remedy(own)}`,
    )
  if (serves > own.version)
    throw new LayoutRefused(
      `${what} is of layout ${version}, which serves services of layout ${serves} and later; this one is of layout ` +
        `${own.version}. Update this service.`,
    )
  return version === own.version
}

/** @throws LayoutRefused when something was made by a newer step than that of an edition */
export function refuseDowngrade(what: string, metadata: unknown, own: Edition): void {
  const version = stampIn(metadata)?.version ?? 0
  if (version > own.version)
    throw new LayoutRefused(
      `${what} is of layout ${version}, made by a newer release; this one makes layout ${own.version}, and would take ` +
        'away what services of that release need. Nothing was changed. Use the newer release again.',
    )
}

/** What mends a layout that a service cannot work with. */
export function remedy({ madeBy }: Edition): string {
  return `Run "${madeBy}" of this release once, against the same event store; then start this service again.`
}
