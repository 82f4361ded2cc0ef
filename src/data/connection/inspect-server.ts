import { Client } from 'pg';
import { migrations } from '../../../migrations';

/** One thing that an installation needs, and how it stands. */
export interface Finding {
  readonly what: string;
  readonly good: boolean;
  readonly detail: string;
}

/** PostgreSQL 15 brought UNIQUE NULLS NOT DISTINCT, which the schema uses. */
const VERSION_MIN = 150_000;

/** Looks at the primary: reachable, new enough, writable, durable, its schema up to date, replicas following. */
export async function inspectPrimary(url: string): Promise<Finding[]> {
  return inspect('primary', url, async (client) => {
    const { rows } = await client.query<{
      version: string;
      recovering: boolean;
      fsync: string;
      encoding: string;
      connections: string;
      standbys: string;
    }>(`
      SELECT current_setting('server_version_num') AS version, pg_is_in_recovery() AS recovering, current_setting('fsync') AS fsync,
             current_setting('server_encoding') AS encoding, current_setting('max_connections') AS connections,
             (SELECT count(*) FROM pg_stat_replication) AS standbys`);
    const [server] = rows;
    if (server === undefined) return [];
    const applied = await client.query<{ n: string }>('SELECT count(*) AS n FROM schema_migration').then(
      (result) => Number(result.rows[0]?.n ?? 0),
      () => 0,
    );
    return [
      {
        what: 'primary version',
        good: Number(server.version) >= VERSION_MIN,
        detail: `${server.version}, ${VERSION_MIN} or later is needed`,
      },
      { what: 'primary accepts writes', good: !server.recovering, detail: server.recovering ? 'it is a standby' : 'yes' },
      { what: 'primary is durable', good: server.fsync === 'on', detail: `fsync ${server.fsync}` },
      { what: 'encoding', good: server.encoding === 'UTF8', detail: server.encoding },
      {
        what: 'schema',
        good: applied === migrations.length,
        detail: `${applied} of ${migrations.length} migrations applied (sanhu migrate)`,
      },
      { what: 'connections', good: Number(server.connections) >= 50, detail: `max_connections ${server.connections}` },
      { what: 'standbys', good: true, detail: `${server.standbys} streaming` },
    ];
  });
}

/** Looks at a replica: reachable, and really one. */
export async function inspectReplica(url: string): Promise<Finding> {
  const name = `replica ${new URL(url).host}`;
  const [finding] = await inspect(name, url, async (client) => {
    const { rows } = await client.query<{ recovering: boolean }>('SELECT pg_is_in_recovery() AS recovering');
    const recovering = rows[0]?.recovering === true;
    return [{ what: name, good: recovering, detail: recovering ? 'a standby' : 'not a standby: reports would load a primary' }];
  });
  return finding ?? { what: name, good: false, detail: 'no answer' };
}

async function inspect(name: string, url: string, look: (client: Client) => Promise<Finding[]>): Promise<Finding[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  try {
    await client.connect();
    return await look(client);
  } catch (error) {
    return [{ what: name, good: false, detail: error instanceof Error ? error.message : String(error) }];
  } finally {
    await client.end().catch(() => undefined);
  }
}
