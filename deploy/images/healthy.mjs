// Ends with 0 when the service of this container can work, for a health check. Argument: the port that it answers on.
const [port = '9090'] = process.argv.slice(2)
const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
process.exit(answer?.ok ? 0 : 1)
