import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Role } from '../../access/cli/command-line';
import { RowFile, uploadedFile } from '../../access/file';
import { connectRedisBucket } from '../../access/graphql/server/guard/redis-token-bucket';
import { createInProcessBucket, type TokenBucket } from '../../access/graphql/server/guard/token-bucket';
import type { Readiness } from '../../access/http/health-routes';
import { Telemetry } from '../../access/http/telemetry';
import { partyImportWorkflow, type OpenSource } from '../../business/process/party-import';
import type { Configuration } from '../../config/parameters';
import { type CoreDatabase } from '../../data/connection/core-database';
import type { EngineLog } from '../../data/engine/engine-settings';
import { systemClock } from '../../kernel/clock';
import type { Settings } from '../settings';

/** A role that runs in this process. */
export interface RunningRole {
  readonly port: number;
  stop(): Promise<void>;
}

export function openBucket({ configuration, log }: Settings): TokenBucket & { close(): void } {
  const inProcess = createInProcessBucket();
  if (configuration.redisUrl === undefined) return { ...inProcess, close: () => undefined };
  return connectRedisBucket({
    url: configuration.redisUrl,
    fallback: inProcess,
    onAway: (error) => log.warn({ err: error }, 'Redis is away: each instance limits on its own'),
    onBack: () => log.info('Redis is back'),
  });
}

export function openTelemetry({ configuration: { otlpEndpoint } }: Settings, role: Role): Telemetry | undefined {
  return otlpEndpoint === undefined ? undefined : new Telemetry(otlpEndpoint, role);
}

export function engineLogOf(log: Logger): EngineLog {
  return (level, message) => log[level](message);
}

/** The import of files, as core enqueues and a worker runs it. */
export function importWorkflow({ uploadDirectory }: Settings, database: CoreDatabase): ReturnType<typeof partyImportWorkflow> {
  const openSource: OpenSource = (job, form) => RowFile.open(uploadedFile(uploadDirectory, job.fileDigest), form);
  return partyImportWorkflow({ database, clock: systemClock, openSource });
}

/** @throws Error that says what is wrong with the address, and which parameters it is from */
export async function listen(app: FastifyInstance, { host, port }: Configuration): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const why = WHY_NOT_LISTENING[(error as NodeJS.ErrnoException).code ?? ''];
    if (why === undefined) throw error;
    throw new Error(`The API cannot be served on ${host}:${port}: ${why} (SANHU_HOST, SANHU_PORT).`, { cause: error });
  }
}

const WHY_NOT_LISTENING: Readonly<Record<string, string | undefined>> = {
  EADDRINUSE: 'another program listens on that port; stop it or choose another',
  EACCES: 'this user may not listen on that port',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such address',
};

export function portOf(address: string | { port: number } | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export async function readinessOf(database: CoreDatabase): Promise<Readiness> {
  try {
    await database.ping(2_000);
    return { part: 'core database', ready: true };
  } catch (error) {
    return { part: 'core database', ready: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
