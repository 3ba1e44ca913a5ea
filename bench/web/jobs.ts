/** Jobs of one request: a batch holds so many where they begin later. */
const each = 500

/** Asks for so many jobs that begin tomorrow: until then nobody runs them, and each can be cancelled. */
export async function fillWithJobs(url: string, count: number): Promise<void> {
  const startAt = new Date(Date.now() + 86_400_000).toISOString()
  for (let made = 0; made < count; made += each) {
    const jobs = Array.from({ length: Math.min(each, count - made) }, () => ({ task: 'noop', startAt }))
    const answer = await fetch(`${url}/api/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jobs }),
    })
    if (!answer.ok) throw new Error(`the jobs are not taken: ${answer.status} ${await answer.text()}`)
  }
}
