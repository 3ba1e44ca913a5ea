import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePorts } from '@pdf-smaller/testing/free-ports'
import { until } from '@pdf-smaller/testing/system'
import { stringify } from 'yaml'

/** The API of Kubernetes with its controllers, on loopback, its data in a temporary folder; nodes and pods are played. */
export type ControlPlane = {
  kubeconfig: string
  /** A certificate and its key that nobody vouches for, for servers that the API is to reach. */
  tls: { cert: string; key: string }
  stop: () => Promise<void>
}

/**
 * Starts etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok.
 * @param programs the folder that has them
 * @param stages how kwok plays nodes and pods: YAML of its Stages
 */
export async function startControlPlane(programs: string, stages: string): Promise<ControlPlane> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-kubernetes-'))
  const [client = 0, peer = 0, api = 0, kwok = 0] = await freePorts(4)
  const at = (name: string) => path.join(folder, name)
  const kubeconfig = at('kubeconfig')
  await writeKeys(folder, api)
  await writeFile(at('stages.yaml'), stages)

  const running: ChildProcess[] = []
  const start = (name: string, args: string[]) => running.push(begin(programs, folder, name, args))
  const stop = async () => {
    // What they keep goes with the folder, so that none needs to end in order.
    await Promise.all(running.toReversed().map(killed))
    await rm(folder, { recursive: true, force: true })
  }
  const failure = () => running.find(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null)
  const ready = async () => {
    const ended = failure()
    if (ended) throw new Error(`${ended.spawnfile} has ended:\n${await lastWords(folder, ended.spawnfile)}`)
    return answers(api)
  }
  try {
    start('etcd', etcdArguments(folder, client, peer))
    start('kube-apiserver', apiArguments(folder, client, api))
    await until('the API of Kubernetes answers', ready, 120_000)
    const own = [`--kubeconfig=${kubeconfig}`]
    const controller = [...own, '--secure-port=0', '--leader-elect=false', '--kube-api-qps=500']
    start('kube-controller-manager', [
      ...controller,
      '--kube-api-burst=1000',
      `--service-account-private-key-file=${at('accounts.key')}`,
      '--horizontal-pod-autoscaler-sync-period=1s',
    ])
    start('kube-scheduler', [...controller, '--kube-api-burst=1000'])
    start('kwok', [
      ...own,
      `--config=${at('stages.yaml')}`,
      '--manage-all-nodes=true',
      // Without leases its nodes are given up after a minute.
      '--node-lease-duration-seconds=40',
      '--node-ip=127.0.0.1',
      '--cidr=10.244.0.0/16',
      `--server-address=127.0.0.1:${kwok}`,
    ])
    const [cert, key] = [
      await readFile(at('pki/apiserver.crt'), 'utf8'),
      await readFile(at('pki/apiserver.key'), 'utf8'),
    ]
    return { kubeconfig, tls: { cert, key }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Who knows the token may do everything; it is made for this control plane, and ends with it. */
async function writeKeys(folder: string, api: number): Promise<void> {
  const token = randomBytes(32).toString('hex')
  const secret = { mode: 0o600 }
  await writeFile(path.join(folder, 'tokens.csv'), `${token},tests,tests,system:masters\n`, secret)
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  await writeFile(path.join(folder, 'accounts.key'), privateKey, secret)
  await writeFile(path.join(folder, 'accounts.pub'), publicKey)
  const cluster = { server: `https://127.0.0.1:${api}`, 'insecure-skip-tls-verify': true }
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'tests',
    contexts: [{ name: 'tests', context: { cluster: 'tests', user: 'tests' } }],
    clusters: [{ name: 'tests', cluster }],
    users: [{ name: 'tests', user: { token } }],
  }
  await writeFile(path.join(folder, 'kubeconfig'), stringify(config), secret)
}

function etcdArguments(folder: string, client: number, peer: number): string[] {
  const [clients, peers] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`]
  return [
    `--data-dir=${path.join(folder, 'etcd')}`,
    '--name=tests',
    '--unsafe-no-fsync',
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=tests=${peers}`,
  ]
}

function apiArguments(folder: string, client: number, api: number): string[] {
  const at = (name: string) => path.join(folder, name)
  return [
    `--etcd-servers=http://127.0.0.1:${client}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${api}`,
    '--advertise-address=127.0.0.1',
    // Addresses of loopback are no endpoints.
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.96.0.0/16',
    `--cert-dir=${at('pki')}`,
    `--token-auth-file=${at('tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--allow-privileged=true',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${at('accounts.pub')}`,
    `--service-account-signing-key-file=${at('accounts.key')}`,
  ]
}

function begin(programs: string, folder: string, name: string, args: string[]): ChildProcess {
  const child = spawn(path.join(programs, name), args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder })
  const log = createWriteStream(path.join(folder, `${name}.log`))
  child.stdout.pipe(log)
  child.stderr.pipe(log)
  process.once('exit', () => child.kill('SIGKILL'))
  return child
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function lastWords(folder: string, program: string): Promise<string> {
  const log = await readFile(path.join(folder, `${path.basename(program)}.log`), 'utf8')
  return log.slice(-2000)
}

/** Whether the API is ready; everybody may ask that. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(
      { host: '127.0.0.1', port, path: '/readyz', rejectUnauthorized: false },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode === 200)
      },
    )
    asked.once('error', () => resolve(false))
    asked.end()
  })
}
