import { randomBytes } from 'node:crypto'
import { hash } from 'bcryptjs'

/** The least that bcrypt has: there is nothing to guess in random bytes, and the server compares at each connect and reload. */
const cost = 4

/** A password for nats-server of 32 random bytes, and what it is compared with. */
export async function newPassword(): Promise<{ password: string; passwordHash: string }> {
  const password = randomBytes(32).toString('hex')
  return { password, passwordHash: await hashOf(password) }
}

/** As nats-server compares a password with it. */
export const hashOf = (password: string) => hash(password, cost)
