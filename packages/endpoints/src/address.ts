import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Which addresses may be sent to. */
export type AddressRules = {
  /** Ports of https addresses on the internet. */
  ports: ReadonlySet<number>
  /** Networks, as CIDR, that may be sent to although they are not the internet; there any scheme and port will do. */
  networks: readonly string[]
}

/** What the addresses that a name stands for have to be. */
export type Reach = {
  /** Whether they may be those of the internet. */
  internet: boolean
  networks: readonly string[]
}

/** Global unicast, the only part of IPv6 that is given out (RFC 4291, section 2.4, and IANA's registry). */
const globalUnicast = ipaddr.parseCIDR('2000::/3')

/** Whether an address is one of the internet: no private, shared, local, reserved one, nor one that stands for another. */
export function isOnInternet(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast)
}

function isWithin(address: string, network: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const [parsed, wide] = [ipaddr.parse(address), ipaddr.parseCIDR(network)]
  return parsed.kind() === wide[0].kind() && parsed.match(wide)
}

/** Whether an address may be connected to. */
export function mayReach(address: string, { internet, networks }: Reach): boolean {
  return (internet && isOnInternet(address)) || networks.some((network) => isWithin(address, network))
}

export type CheckedUrl = { ok: true; reach: Reach } | { ok: false; why: string }

/**
 * Looks at an address as it is written. Names are looked up when something is sent, and what they stand for then has to be
 * within `reach`. (URL parsing makes 2130706433, 0x7f.1 and 017700000001 what they are: 127.0.0.1.)
 */
export function checkUrl(url: string, { ports, networks }: AddressRules): CheckedUrl {
  if (!URL.canParse(url)) return refused('it is no address')
  const { protocol, username, password, hostname, port } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return refused('it is not https')
  if (username || password) return refused('it holds a user or password, which would be stored and shown')
  const usual = protocol === 'https:' ? 443 : 80
  const given = port === '' ? usual : Number(port)
  const why =
    protocol === 'http:'
      ? 'it is not https'
      : ports.has(given)
        ? undefined
        : `the port ${given} is none of ${[...ports].join(', ')}`
  const reach = { internet: why === undefined, networks }
  const literal = hostname.replaceAll(/^\[|\]$/g, '')
  if (isIP(literal) !== 0) {
    if (mayReach(literal, reach)) return { ok: true, reach }
    return refused(why ?? `${literal} is not on the internet`)
  }
  if (why !== undefined && networks.length === 0) return refused(why)
  return { ok: true, reach }
}

const refused = (why: string): CheckedUrl => ({ ok: false, why })
