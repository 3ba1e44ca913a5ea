/** The layers as code: services → worker and edges → domain → contracts, never back. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^packages/${from}/` },
  to: { path: '^(packages|services|test|bench)/', pathNot: `^packages/(${[from, ...allowed].join('|')})/` },
})
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('contracts-stand-alone', 'contracts', []),
    only('domain-knows-contracts', 'domain', ['contracts']),
    only('event-store-stands-alone', 'eventstore', []),
    only('object-store-stands-alone', 'object-store', []),
    only('engines-know-contracts', 'engines', ['contracts']),
    only('platform-knows-the-edges', 'platform', ['contracts', 'domain', 'eventstore', 'object-store']),
    only('worker-knows-no-service', 'worker', [
      'contracts',
      'domain',
      'engines',
      'eventstore',
      'object-store',
      'platform',
    ]),
    only('client-knows-contracts', 'client', ['contracts']),
    {
      name: 'pure-core',
      comment: 'contracts and domain do no I/O',
      severity: 'error',
      from: { path: '^packages/(contracts|domain)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-place-runs-processes',
      severity: 'error',
      from: { path: '^(packages|services)/', pathNot: '^packages/engines/src/run\\.ts$' },
      to: { path: 'node_modules/execa/' },
    },
    {
      name: 'services-meet-only-in-the-catalogue',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: '^services/(all/|gateway/src/catalogue\\.ts$)' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^(packages|services)/', pathNot: '\\.test\\.ts$|/testing/|contract\\.ts$' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules/(?!execa)' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
}
