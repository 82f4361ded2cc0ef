import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';

const MEBIBYTE = 1024 * 1024;

/** The name under which the primary keeps WAL for the standby. */
export const REPLICATION_SLOT = 'sanhu_standby';

/** What differs from one embedded server to another. */
export interface SettingsOfServer {
  readonly port: number;
  readonly durable: boolean;
  readonly maxConnections: number;
  /** Only for a standby: the connection to its primary. */
  readonly follows?: { readonly port: number; readonly user: string; readonly password: string } | undefined;
}

/**
 * The whole of `sanhu.conf`, the same text for the same input on the same machine: a running server whose file equals it
 * can be adopted, any other is restarted. Sized for 2 cores shared with the program.
 */
export function composeSettings(server: SettingsOfServer): string {
  const settings = {
    ...commonSettings(server),
    ...(server.follows === undefined ? {} : standbySettings(server.follows)),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${String(value)}'`);
  return ['# Written by Sanhu at every start; changes made here are lost.', ...lines, ''].join('\n');
}

function commonSettings({ port, durable, maxConnections, follows }: SettingsOfServer): Record<string, string | number> {
  const memory = usableMemoryMebibytes();
  return {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '', // a socket's path is limited to 107 bytes, and /tmp may be closed or shared
    max_connections: maxConnections, // the other limits stay as they are: a standby must have at least its primary's, ever
    client_connection_check_interval: '2s', // the statements of a killed program end with it

    shared_buffers: `${clamp(Math.floor(memory / (follows === undefined ? 16 : 32)), 64, 1024)}MB`,
    effective_cache_size: `${clamp(Math.floor(memory / 4), 256, 8192)}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '128MB',
    // Docker gives /dev/shm 64 MB, which one parallel hash join can fill.
    dynamic_shared_memory_type: sharedMemoryMebibytes() < 256 ? 'mmap' : 'posix',
    random_page_cost: 1.1,
    jit: 'off',
    max_parallel_workers: 2,
    // The standby's reports run at low priority, which short-lived parallel workers would escape for a moment each.
    max_parallel_workers_per_gather: follows === undefined ? 1 : 0,
    autovacuum_max_workers: 2,
    autovacuum_naptime: '15s',

    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    checkpoint_timeout: '10min',
    max_wal_size: '2GB',
    min_wal_size: '160MB',
    wal_level: 'replica',
    wal_keep_size: '64MB',
    // A standby that is gone or too far behind is given up and made anew at the next start, instead of filling the disk.
    max_slot_wal_keep_size: '2GB',
    idle_replication_slot_timeout: '1h',
    wal_sender_timeout: '10s',

    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Not ERROR: the program sees its own errors, and their details hold personal data ("Key (document)=(…) already exists").
    log_min_messages: 'log',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
  };
}

/**
 * hot_standby_feedback is on: without it, vacuum on a busy primary cancels reports, or replay waits for them and the
 * standby falls behind. The price, dead rows kept on the primary as long as the oldest report, is bounded by the reporting
 * role's statement timeout; and for a standby that has died, by the slot's limits above, after which its mark is dropped.
 */
function standbySettings(primary: NonNullable<SettingsOfServer['follows']>): Record<string, string | number> {
  const connection = {
    host: '127.0.0.1',
    port: primary.port,
    user: primary.user,
    password: primary.password,
    application_name: REPLICATION_SLOT,
    sslmode: 'disable',
    gssencmode: 'disable',
    connect_timeout: 5,
  };
  return {
    hot_standby: 'on',
    primary_conninfo: Object.entries(connection)
      .map(([key, value]) => `${key}=${value}`)
      .join(' '),
    primary_slot_name: REPLICATION_SLOT,
    hot_standby_feedback: 'on',
    max_standby_streaming_delay: '15s',
    wal_receiver_status_interval: '1s',
    wal_receiver_timeout: '5s',
    wal_retrieve_retry_interval: '500ms',
    work_mem: '32MB', // few reports at a time, each with sorts and hashes
  };
}

/** Read back from an earlier file; `undefined` where there is none. */
export function maxConnectionsIn(settingsFile: string): number | undefined {
  if (!existsSync(settingsFile)) return undefined;
  const [, value] = /^max_connections = '(\d+)'/m.exec(readFileSync(settingsFile, 'utf8')) ?? [];
  return value === undefined ? undefined : Number(value);
}

/** The machine's memory, or the container's limit where that is less (it reads as 0 or as a huge number without one). */
function usableMemoryMebibytes(): number {
  const limit = process.constrainedMemory();
  return Math.floor(Math.min(totalmem(), limit > 0 ? limit : Infinity) / MEBIBYTE);
}

function sharedMemoryMebibytes(): number {
  try {
    const { bsize, blocks } = statfsSync('/dev/shm');
    return (bsize * blocks) / MEBIBYTE;
  } catch {
    return process.platform === 'linux' ? 0 : Infinity;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
