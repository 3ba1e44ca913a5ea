import { readFileSync } from 'node:fs'
import path from 'node:path'
const root = process.argv[2]
const { openContext } = await import(root + '/packages/compress/testing/context.ts')
const { run } = await import(root + '/packages/compress/src/run.ts')
const [, , , level, ...files] = process.argv
const stat = () => { const f = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1)!.split(' '); return [ (+f[11]! + +f[12]!) / 100, (+f[13]! + +f[14]!) / 100 ] }
for (const file of files) {
  await using test = await openContext([{ name: path.basename(file), bytes: readFileSync(file) }], { level })
  const counts = new Map<string, [number, number]>()
  const ctx = { ...test.context, engine: { ...test.context.engine, onExit: (u: any) => { const c = counts.get(u.engine) ?? [0, 0]; c[0]++; c[1] += u.processorMs ?? 0; counts.set(u.engine, c) } } }
  const [s, c] = stat(); const t = performance.now()
  const done = await run(ctx)
  const [s2, c2] = stat()
  console.log("MB", Math.round(process.resourceUsage().maxRSS/1e3), Math.round(process.memoryUsage().rss/1e6), path.basename(file), 'self', (s2! - s!).toFixed(2), 'children', (c2! - c!).toFixed(2), 'wall', ((performance.now() - t) / 1000).toFixed(1), [...counts].map(([k, v]) => `${k}×${v[0]}${v[1] ? '(' + Math.round(v[1]) + 'ms)' : ''}`).join(' '), done.result.passes.map((p: any) => `${p.name}:${p.outcome}:${p.ms}`).join(' '), (done.result.ratio).toFixed(3))
}
