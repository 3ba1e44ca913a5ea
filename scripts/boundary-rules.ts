import { isBuiltin } from 'node:module'

/**
 * The layers as code: services → worker and edges → domain → contracts, never back. A package may import those listed
 * here; what is not listed, such as the command line, may import any package.
 */
const layers: Record<string, string[]> = {
  contracts: [],
  domain: ['contracts'],
  eventstore: [],
  'object-store': [],
  archive: ['contracts'],
  text: [],
  engines: ['contracts', 'hosts', 'text'],
  hosts: ['contracts', 'platform'],
  estimate: [],
  extraction: ['archive', 'contracts'],
  pdf: ['contracts', 'engines'],
  pdfa: ['contracts', 'engines', 'pdf'],
  pictures: [],
  pdfium: ['contracts', 'engines', 'pictures'],
  'page-views': ['contracts', 'engines', 'hosts', 'pdfium', 'platform', 'text'],
  judge: ['contracts', 'engines', 'pdf', 'pdfium', 'pictures'],
  recognition: ['contracts', 'engines', 'pdf', 'pictures', 'text'],
  'image-pages': ['contracts', 'engines', 'pdf'],
  platform: ['contracts', 'domain', 'eventstore', 'object-store'],
  endpoints: ['contracts', 'eventstore', 'platform'],
  task: ['contracts', 'engines'],
  compress: ['contracts', 'engines', 'estimate', 'judge', 'pdf', 'pictures', 'task'],
  worker: ['contracts', 'domain', 'engines', 'eventstore', 'hosts', 'object-store', 'platform', 'task'],
  client: ['contracts'],
  web: ['contracts'],
}

/** The rooms of the package that knows the format, each with those that it may import from. */
const rooms: Record<string, string[]> = {
  objects: [],
  streams: ['objects'],
  pages: ['objects'],
  fonts: ['objects'],
  file: ['objects', 'streams'],
  contents: ['objects', 'file', 'pages'],
}
/** `objects` for `packages/pdf/src/objects/parse.ts`; undefined for what is in no room. */
const roomOf = (path: string) => /^packages\/pdf\/src\/(\w+)\//.exec(path)?.[1]

/** A file's import: where it leads in the repository (`packages/domain`, `packages/engines/context`), or the name of a module from outside. */
export type Import = { from: string; to: string }

type Rule = {
  says: string
  broken: (link: { from: Place; to: Place }) => boolean
  /** It holds for test code, too. */
  ofTests?: true
}
/** `packages/domain/src/decide.ts` lies in the area `packages`, in its member `domain`. */
type Place = { path: string; area: string; member: string }

const rules: Rule[] = [
  {
    says: 'another member of the workspace is imported by its name, not by a path into it',
    broken: ({ from, to }) =>
      isMember(from) &&
      isMember(to) &&
      (to.area !== from.area || to.member !== from.member) &&
      /\.tsx?$/.test(to.path) &&
      !isEmbeddedStart(from, to),
    ofTests: true,
  },
  {
    says: 'a package imports only the layers below it',
    broken: ({ from, to }) =>
      from.area === 'packages' &&
      !isEmbeddedStart(from, to) &&
      (to.area === 'services' ||
        (to.area === 'packages' &&
          to.member !== from.member &&
          layers[from.member]?.includes(to.member) === false)),
  },
  {
    says: 'a room of the package pdf imports only the rooms below it',
    broken: ({ from, to }) => {
      const [own, other] = [roomOf(from.path), roomOf(to.path)]
      return own !== undefined && other !== undefined && own !== other && !rooms[own]?.includes(other)
    },
  },
  {
    says: 'a task is a contract: of engines it knows what they are given, and no more',
    broken: ({ from, to }) =>
      from.path.startsWith('packages/task/') &&
      to.path.startsWith('packages/engines') &&
      to.path !== 'packages/engines/context',
  },
  {
    says: 'the gateway runs no jobs',
    broken: ({ from, to }) =>
      from.path.startsWith('services/gateway/') && ['packages/engines', 'packages/worker'].includes(to.path),
  },
  {
    says: 'contracts, domain and extraction do no I/O',
    broken: ({ from, to }) =>
      from.area === 'packages' &&
      ['contracts', 'domain', 'extraction'].includes(from.member) &&
      to.path.startsWith('node:'),
  },
  {
    says: 'only packages/engines/src/run.ts runs processes through execa',
    broken: ({ from, to }) => to.path === 'execa' && from.path !== 'packages/engines/src/run.ts',
  },
  {
    says: 'only services/webhooks/src/post.ts connects to addresses that tenants name',
    broken: ({ from, to }) => to.path === 'undici' && from.path !== 'services/webhooks/src/post.ts',
  },
  {
    says: 'services meet only in the whole system and in the catalogue of tasks',
    broken: ({ from, to }) =>
      from.area === 'services' &&
      to.area === 'services' &&
      to.member !== from.member &&
      from.member !== 'all' &&
      from.path !== 'services/gateway/src/catalogue.ts',
  },
  {
    says: 'set-up runs before any package is there',
    broken: ({ from, to }) =>
      /^scripts\/(provision\/|setup\.mjs$)/.test(from.path) &&
      !to.path.startsWith('scripts/provision/') &&
      isOwn(to),
  },
  {
    says: 'of production code only the embedded start imports scripts: it finds the server that set-up brought',
    broken: ({ from, to }) =>
      ['packages', 'services'].includes(from.area) && from.member !== 'all' && to.area === 'scripts',
  },
  {
    says: 'production code does not import test code',
    broken: ({ from, to }) =>
      ['packages', 'services'].includes(from.area) &&
      (['test', 'bench'].includes(to.area) || isTestCode(to.path)),
  },
]

/** What a file must not load, be it by way of others. */
const unloaded: { says: string; from: RegExp; members: string[] }[] = [
  {
    says: 'a list of tasks is data, which the gateway reads',
    from: /^services\/[^/]+\/tasks\.ts$/,
    members: ['engines', 'eventstore', 'object-store', 'platform', 'worker'],
  },
  {
    says: 'help and completion are told by the command line alone, which is quick for it',
    from: /^packages\/cli\/src\/main\.ts$/,
    members: ['client', 'contracts', 'engines'],
  },
  {
    says: 'the page knows contracts by their types alone, which cost its visitors nothing',
    from: /^packages\/web\/src\/(?!.*\.test\.ts$)/,
    members: ['contracts'],
  },
  {
    says: 'the gateway runs no jobs, and reads no documents: its hosts do',
    from: /^services\/gateway\/src\/main\.ts$/,
    members: ['engines', 'pdfium', 'pictures', 'worker'],
  },
]

/** The rules that are broken by what a file loads, as it is loaded itself. @param loaded by their paths */
export function brokenByLoading(from: string, loaded: readonly string[]): string[] {
  return unloaded
    .filter((rule) => rule.from.test(from))
    .flatMap(({ says, members }) => {
      const wrong = loaded.find((each) => members.some((member) => each.startsWith(`packages/${member}/`)))
      return wrong === undefined ? [] : [`${says}, and loads ${wrong}`]
    })
}

/** The rules that an import breaks. Test code may import whatever another member exports. */
export function brokenRules(link: Import): string[] {
  const places = { from: place(link.from), to: place(named(link.to)) }
  const own = isTestCode(link.from) ? rules.filter(({ ofTests }) => ofTests) : rules
  return own.filter(({ broken }) => broken(places)).map(({ says }) => says)
}

/** Modules of Node have a prefix that may be left out. */
const named = (to: string): string => (isBuiltin(to) && !to.startsWith('node:') ? `node:${to}` : to)

function place(path: string): Place {
  const [area = '', member = ''] = path.split('/')
  return { path, area, member }
}

/** The command line starts the whole system where none runs, and asks what it would need. */
const isEmbeddedStart = (from: Place, to: Place): boolean =>
  from.path === 'packages/cli/src/server/programs.ts' &&
  ['services/all/src/main.ts', 'services/all/src/needs.ts'].includes(to.path)

const isMember = ({ area }: Place): boolean => area === 'packages' || area === 'services'

/** Whether it lies in the repository. */
const isOwn = ({ path }: Place): boolean => /^(packages|services|scripts|test|bench)\//.test(path)

/** Tests, and what lies in a `testing` folder. */
function isTestCode(path: string): boolean {
  return /\.test\.ts$|\/testing\//.test(path)
}
