import { JobFailure } from '@pdf-smaller/contracts'
import type { IncomingHttpHeaders } from 'node:http'

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|[a-z0-9-]+\.localhost)(:\d+)?$/i

/** Whether a server that listens there is reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return loopbackHost.test(host) || host === '::1'
}

/**
 * Keeps web pages away from a gateway that asks for no key: any page that a user of this machine opens could send
 * requests to it, by a form or by a name of its own that points to 127.0.0.1 (DNS rebinding).
 * `anyHost` gives up the second check, for gateways that are open under unknown names on purpose.
 * @throws JobFailure forbidden
 */
export function refuseForeignPages(publicUrl: string | undefined, anyHost: boolean) {
  const own = publicUrl ? new URL(publicUrl) : undefined
  return ({ host = '', origin }: IncomingHttpHeaders): void => {
    if (!anyHost && !loopbackHost.test(host) && host !== own?.host)
      throw new JobFailure('forbidden', `the name "${host}" is not one of this server's`)
    if (origin === undefined || origin === own?.origin) return
    if (origin !== `http://${host}` && origin !== `https://${host}`)
      throw new JobFailure('forbidden', `pages of ${origin} may not use this server`)
  }
}
