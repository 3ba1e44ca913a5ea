/** Every word of the page in English. Other languages have the same keys; what has a number or a name in it is a function. */
export const en = {
  /** The name of the language in itself. */
  language: 'English',
  shell: {
    skip: 'Skip to the content',
    home: 'PDF Smaller, to the files',
    ways: 'Views',
    files: 'Files',
    jobs: 'Jobs',
    system: 'System',
    switchLanguage: 'Language',
    scheme: 'Colours',
    schemes: { auto: 'as the system', light: 'light', dark: 'dark' },
    unknown: 'There is nothing at this address',
    toFiles: 'To the files',
    loading: 'Loading …',
    close: 'Close',
  },
  key: {
    title: 'This server asks for a key',
    why: 'You get it from whoever runs the server. It stays in this tab and is forgotten when you close it.',
    label: 'API key',
    use: 'Use the key',
    refused: 'The server does not accept this key.',
    forget: 'Forget the key',
  },
  trouble: {
    unreachable: 'The server does not answer',
    unreachableWhy: 'It may be starting, or the network is away. Nothing that was sent is lost.',
    strange: 'The answer is not one of PDF Smaller',
    strangeWhy: (status: number) => `Something between this page and the server has answered (${status}).`,
    again: 'Try again',
    reload: 'Load the page again',
    bug: 'This page has a bug',
    trace: (id: string) => `For whoever runs the server: ${id}`,
  },
  states: {
    scheduled: 'scheduled',
    queued: 'waiting',
    running: 'at work',
    retrying: 'tries again',
    completed: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
  },
  files: {
    title: 'Files',
    comes: 'Here files will be dropped.',
  },
  jobs: {
    title: 'Jobs',
    none: 'There are no jobs yet.',
  },
  job: {
    title: 'Job',
  },
  system: {
    title: 'System',
  },
} as const
