import type { Deployment } from './deployment.ts'

/** What has to hold in a container of ours, looked at from inside. */
const look = `
for place in / /app /etc /usr/local/bin; do touch "$place/written" 2>/dev/null && echo "$place can be written to"; done
touch /data/written || echo '/data cannot be written to'
rm -f /data/written
[ "$(id -u)" = 10001 ] || echo "it runs as $(id -u)"
[ "$(cat /proc/1/comm)" = tini ] || echo "the first process is $(cat /proc/1/comm)"
for tool in gcc cc make npm npx pnpm git curl; do command -v $tool; done
grep -qE '^CapEff:[[:space:]]0+$' /proc/1/status || grep CapEff /proc/1/status
grep -qE '^NoNewPrivs:[[:space:]]1$' /proc/1/status || grep NoNewPrivs /proc/1/status
grep -qE '^Seccomp:[[:space:]]2$' /proc/1/status || grep Seccomp: /proc/1/status
:`

/**
 * Looks whether containers are shut as they should be: nothing to be written to but their volume, no rights, a profile of
 * system calls, no tools to build with.
 * @throws Error that says what does not hold where
 */
export async function checkContainers(deployment: Deployment, services: readonly string[]): Promise<void> {
  const found = await Promise.all(
    services.map(async (service) => ({
      service,
      said: await deployment.within(service, 'sh', '-c', look),
    })),
  )
  const broken = found.filter(({ said }) => said !== '')
  if (broken.length > 0) throw new Error(broken.map(({ service, said }) => `${service}: ${said}`).join('\n'))
}
