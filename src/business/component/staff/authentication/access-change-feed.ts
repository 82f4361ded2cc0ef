import type { ReadContext } from '../../../context';
import { ACCESS_CHANGES_MAX, selectAccessChanges } from '../../../../data/operation/staff/select-session-access';
import { wallClockMs } from '../../../../kernel/clock';
import { noteAccessChange, noteEverythingChanged } from './access-changes';

/** How often the database is asked while requests come. */
const READ_EVERY_MS = 2_000;
/** How old the last answer may be for a request to go ahead on it: the bound on how late a revocation takes effect. */
export const AGE_MAX_MS = 5_000;
/** How far back is asked each time: longer than a transaction that changes access may take to commit. */
const WITHIN_SECONDS = 60;

/**
 * What other processes change of sessions, staff, roles and clients, read in one small statement every 2 s, however many
 * sessions there are. (Reading each session anew every few seconds would be 1,000 statements/s at 5,000 terminals; a
 * notification by LISTEN holds a connection and is lost when that breaks.)
 */
export class AccessChangeFeed {
  private readAtMs = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;
  private seen: ReadonlyMap<string, string> = new Map();

  /**
   * @param ofReplicas whether the answers may come of servers that differ in how far they are: then a change is told as long
   * as it is among the latest, since what was read after the first telling may be older
   */
  public constructor(
    private readonly runner: () => ReadContext['sql'],
    private readonly ofReplicas: boolean,
  ) {}

  /** Whether a request may go ahead on what is known. Asks the database in the background when it is time. */
  public isFresh(nowMs: number): boolean {
    const ageMs = nowMs - this.readAtMs;
    if (ageMs >= READ_EVERY_MS) this.read().catch(() => undefined); // whoever finds it too old reads again, and is told
    return ageMs < AGE_MAX_MS;
  }

  /** Asks the database and waits for the answer, unless what is known is fresh. */
  public async refresh(): Promise<void> {
    if (!this.isFresh(wallClockMs())) await this.read();
  }

  private read(): Promise<void> {
    this.reading ??= this.readNow().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readNow(): Promise<void> {
    const startedMs = wallClockMs();
    const changes = await selectAccessChanges(this.runner(), WITHIN_SECONDS);
    if (changes.length >= ACCESS_CHANGES_MAX) noteEverythingChanged();
    const fresh = changes.filter(({ id, at }) => this.ofReplicas || this.seen.get(id) !== at);
    if (fresh.length > 0) noteAccessChange(...fresh.map((change) => change.id));
    this.seen = new Map(changes.map(({ id, at }) => [id, at]));
    this.readAtMs = startedMs;
  }
}
