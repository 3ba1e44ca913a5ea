import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')
export const recipe = 'deploy/images/Dockerfile'

const read = (file: string) => readFileSync(path.join(root, 'deploy/images', file), 'utf8')

/** A table of `name: words`, where lines that begin with # are comments. */
function tableOf(file: string): Map<string, string[]> {
  const rows = read(file)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    rows.map((line) => {
      const [name = '', ...words] = line.split(/:? +|:$/).filter((word) => word !== '')
      return [name, words]
    }),
  )
}

/** What the image of each service holds beside its own packages, by its name. */
export const partsOfServices = () => tableOf('services.txt')

/** The Debian packages of each of these parts, as `name=version`. */
export const packagesOfParts = () => tableOf('packages-bookworm.txt')

/** The services that there are. */
export const services = () => readdirSync(path.join(root, 'services')).toSorted()

/** The images that the recipe begins with, by the names of its arguments. */
export function baseImages(): Map<string, string> {
  const lines = read('Dockerfile').matchAll(/^ARG (\w+)=([\w./-]+:\S+)$/gm)
  return new Map([...lines].map(([, name = '', image = '']) => [name, image]))
}

/** The name under which an image of a service lies on this machine. */
export const localImage = (service: string) => `localhost/pdf-smaller/${service}:local`
