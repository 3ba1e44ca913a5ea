import type { LookupAddress } from 'node:dns'
import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { mayReach, type Reach } from '@pdf-smaller/endpoints'

/** Tells all addresses of a name. */
export type Resolve = (name: string) => Promise<LookupAddress[]>

export const systemResolve: Resolve = (name) =>
  new Promise((resolve, reject) =>
    systemLookup(name, { all: true, verbatim: true }, (error, found) =>
      error ? reject(error) : resolve(found),
    ),
  )

/** A name that must not be connected to. It does not tell which address: names within a network are nobody's business. */
export class RefusedName extends Error {
  override readonly name = 'RefusedName'
}

/**
 * Looks a name up for a connection. Every address that it stands for has to be allowed, and the connection goes to those that
 * were looked at: the name is not asked again, so it cannot have become another in between.
 */
export function checkedLookup(reach: Reach, resolve: Resolve): LookupFunction {
  return (name, options, answer) => {
    resolve(name).then(
      (found) => {
        const [first] = found
        if (!first || !found.every(({ address }) => mayReach(address, reach)))
          return answer(new RefusedName(name), '', 0)
        return options.all ? answer(null, found) : answer(null, first.address, first.family)
      },
      () => answer(new RefusedName(name), '', 0),
    )
  }
}
